"""Which files a source means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dockgen.project.tree import Tree

MAX_FILES = 200


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def selected(tree: Tree, source: Mapping[str, Any], most: int = MAX_FILES) -> list[str]:
    """Return the files that `file` and `glob` name, in their order, without those of `not_in`.

    Both take a pattern or a list of patterns; `with` names others of which one must be there, too; `limit`
    bounds the number of files (200 unless told).
    """
    if "with" in source and not tree.chosen(tuple(map(str, as_list(source["with"]))), ()):
        return []
    wanted = (*as_list(source.get("file", [])), *as_list(source.get("glob", [])))
    unwanted = as_list(source.get("not_in", []))
    kept = tree.chosen(tuple(map(str, wanted)), tuple(map(str, unwanted)))
    return list(kept[: int(source.get("limit", most))])
