"""The packages of Bun's text lock, and what each needs.

Source: https://bun.com/docs/install/lockfile; `packages` maps places to [name@version, registry, entry, sum].
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dockgen.errors import ProjectError

_KINDS = ("dependencies", "optionalDependencies", "peerDependencies")
# Members of the workspace, and folders beside it.
_LOCAL = ("workspace:", "link:", "file:")


def bun_packages(data: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """Yield name, version and entry of each package; raises ProjectError for a lock without any list."""
    listed = data.get("packages") if isinstance(data, dict) else None
    if not isinstance(listed, dict):
        raise ProjectError(f"{path}: lists no packages", "Make it anew: bun install --lockfile-only.")
    for row in listed.values():
        fields = row if isinstance(row, list) else []
        name, _, version = str(fields[0] if fields else "").rpartition("@")
        if name and not version.startswith(_LOCAL):
            yield name, version, next((field for field in fields if isinstance(field, dict)), {})


def bun_pairs(data: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield each package with each that it needs."""
    for name, _, entry in bun_packages(data, path):
        for kind in _KINDS:
            needs = entry.get(kind)
            yield from ((name, str(need)) for need in (needs if isinstance(needs, dict) else ()))
