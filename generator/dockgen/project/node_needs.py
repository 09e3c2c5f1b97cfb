"""What packages of a Node.js lock file need, by name: a workspace's lock holds what all of its members need.

Versions are not told apart: a package of which two versions are there needs what either of them needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dockgen.regexes import regex

_KINDS = ("dependencies", "optionalDependencies", "peerDependencies")
_PNPM_NAME = regex(r"  ['\"]?/?(@[^/@\s]+/[^/@\s]+|[^/@'\"\s]+)[@/]")
_PNPM_NEED = regex(r"      ['\"]?(@?[^'\":\s]+)['\"]?:")
_YARN_NAME = regex(r'"?(@?[^@"\s]+)@')
_YARN_NEED = regex(r'    "?(@?[^":\s]+)"?:?\s')
Pair = tuple[str, str]


def reached(pairs: Iterable[Pair], roots: Iterable[str]) -> set[str]:
    """Return the roots and all that they need."""
    needs: dict[str, set[str]] = {}
    for name, need in pairs:
        needs.setdefault(name, set()).add(need)
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += needs.get(name, ())
    return seen


def npm_pairs(data: Any) -> Iterator[Pair]:
    """Yield each package of package-lock.json with each that it needs."""
    listed = data.get("packages") if isinstance(data, dict) else None
    for place, entry in listed.items() if isinstance(listed, dict) else ():
        name = place.rpartition("node_modules/")[2]
        for kind in _KINDS if isinstance(entry, dict) else ():
            needs = entry.get(kind)
            yield from ((name, str(need)) for need in (needs if isinstance(needs, dict) else ()))


def pnpm_pairs(text: str) -> Iterator[Pair]:
    """Yield each package of pnpm-lock.yaml with each that it needs (`snapshots`, up to 8 `packages`)."""
    name, inside, listed = "", False, False
    for line in text.split("\n"):
        if line and not line[0].isspace():
            inside = line.startswith(("packages:", "snapshots:"))
        elif inside and (entry := _PNPM_NAME.match(line)):
            name, listed = entry[1], False
        elif inside and line.startswith("    ") and not line.startswith("     "):
            listed = line.strip().rstrip(":") in _KINDS
        elif inside and listed and name and (need := _PNPM_NEED.match(line)):
            yield name, need[1]


def yarn_pairs(text: str) -> Iterator[Pair]:
    """Yield each package of a yarn.lock with each that it needs; Yarn 2 and later has colons after names."""
    name, listed = "", False
    for line in text.split("\n"):
        if not line.startswith((" ", "#")):
            entry = _YARN_NAME.match(line)
            name, listed = (entry[1] if entry else ""), False
        elif line.startswith("  ") and not line.startswith("   "):
            listed = line.strip().rstrip(":") in _KINDS
        elif listed and name and (need := _YARN_NEED.match(line)):
            yield name, need[1]
