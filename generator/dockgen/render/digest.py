"""The digest of a template and all that it takes in: the lock's word for its version."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from dockgen.regexes import regex
from dockgen.resources import bundled

_REFERENCE = regex(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")


def template_digest(name: str, folders: Sequence[Path] = ()) -> str:
    """Return `sha256:…` over a template, those that it names, and the shared ignore file."""
    digest = hashlib.sha256()
    for text in _texts([name, "_shared/dockerignore.j2"], folders):
        digest.update(text.encode())
    return f"sha256:{digest.hexdigest()}"


def _texts(names: list[str], folders: Sequence[Path]) -> list[str]:
    seen: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen[name] = _read(name, folders)
            waiting += _REFERENCE.findall(seen[name])
    return [seen[name] for name in sorted(seen)]


def _read(name: str, folders: Sequence[Path]) -> str:
    for folder in [*folders, bundled("templates")]:
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    return ""
