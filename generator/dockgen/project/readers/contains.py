"""`{file: F, contains: TEXT}`: true where the file holds the text; quick in large lock files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dockgen.project.facts import Found, Origin
from dockgen.project.reading import LOCK_LIMIT
from dockgen.project.select import selected
from dockgen.project.tree import Tree

OPTIONS: frozenset[str] = frozenset()


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one `True` with the file and line of the first occurrence."""
    wanted = str(source["contains"]).encode()
    for path in selected(tree, source):
        content = tree.data(path, LOCK_LIMIT) or b""
        at = content.find(wanted)
        if at >= 0:
            return [(True, Origin(path, content.count(b"\n", 0, at) + 1))]
    return []
