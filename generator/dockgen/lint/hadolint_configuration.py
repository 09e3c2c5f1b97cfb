"""Which of hadolint's configuration files holds for a Dockerfile.

The nearest one at or above the Dockerfile, up to the repository's root, then the current folder's and the
user's, in hadolint's own order (https://github.com/hadolint/hadolint#configure).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_NAMES = (".hadolint.yaml", ".hadolint.yml")


def nearest(folder: Path) -> Path | None:
    """Return the configuration for the Dockerfiles of an absolute folder, None where there is none."""
    told = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CONFIG_HOME")
    return _above(folder) or _usual(os.getcwd(), os.path.expanduser("~"), told)  # noqa: PTH109, PTH111


def _above(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        found, is_top = _at(place)
        if found or is_top:
            return found
    return None


@cache
def _at(folder: Path) -> tuple[Path | None, bool]:
    """Return the configuration in a folder, and whether the folder is a repository's top."""
    found = next((folder / name for name in _NAMES if (folder / name).is_file()), None)
    return found, (folder / ".git").exists()


@cache
def _usual(current: str, home: str, told: str | None) -> Path | None:
    return next((path for path in _usual_places(Path(current), Path(home), told) if path.is_file()), None)


def _usual_places(current: Path, home: Path, told: str | None) -> Iterator[Path]:
    """Yield what is looked for in the current folder, `told` for configuration, and the user's home."""
    yield from (current / name for name in _NAMES)
    for folder in ([Path(told)] if told else []) + [home / ".config", home / ".hadolint"]:
        yield from (folder / "hadolint.yaml", folder / "hadolint.yml")
    yield from (home / "hadolint" / "config.yaml", home / "hadolint" / "config.yml")
    yield from (home / name for name in _NAMES)
