"""`{file: F, json: PATH}`: values of a document by their paths; the options are those of `structured`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dockgen.project import structured
from dockgen.project.facts import Found
from dockgen.project.json_text import parse_json
from dockgen.project.tree import Tree

OPTIONS = structured.OPTIONS


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return the values; raises ProjectError for a malformed document."""
    return structured.read(tree, source, "json", parse_json)
