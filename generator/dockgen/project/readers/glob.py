"""`{glob: PATTERN}`: the list of the paths that match; `capture: REGEX` takes a part of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dockgen.project.facts import Found, Origin, Value
from dockgen.project.select import selected
from dockgen.project.tree import Tree

OPTIONS: frozenset[str] = frozenset()
MAX_PATHS = 2_000


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one list of paths, with the first of them as its origin."""
    paths: list[Value] = [*selected(tree, source, MAX_PATHS)]
    return [(paths, Origin(str(paths[0])))] if paths else []
