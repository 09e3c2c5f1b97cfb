"""`{file: PATTERN, exists: true}`: true where a file (or, with a trailing `/`, a folder) of that name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dockgen.project.facts import Found, Origin
from dockgen.project.select import selected
from dockgen.project.tree import Tree

OPTIONS: frozenset[str] = frozenset()


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one `True` with the first path that matches."""
    return [(True, Origin(path)) for path in selected(tree, source)[:1]]
