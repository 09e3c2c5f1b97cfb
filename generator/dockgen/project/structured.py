"""What the readers of JSON, TOML, YAML and XML have in common: values by their paths in a document.

`json: PATH` (or a list of paths) yields one value for each path that is there, a path with `[]` or `*` one
list. `keys: true` yields the names in a mapping, `each: true` every item as a value with its own line,
`pep508: true` reads lists of Python requirements as one mapping of package names to version specifiers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dockgen.project import keypath
from dockgen.project.document import Document
from dockgen.project.facts import Found, Origin, Value
from dockgen.project.requirement import parse_requirement
from dockgen.project.select import as_list, selected
from dockgen.project.tree import Tree

OPTIONS = frozenset({"keys", "each", "pep508"})
MAX_DEPTH = 20


def read(
    tree: Tree, source: Mapping[str, Any], key: str, parse: Callable[[str, str], Document]
) -> list[Found]:
    """Return the values that the source's paths lead to; raises ProjectError for a malformed document."""
    found: list[Found] = []
    for path in selected(tree, source):
        document = tree.parsed(path, parse)
        for expression in as_list(source[key]):
            found += _values(document, str(expression), source, path) if document else []
    return _requirements(found) if source.get("pep508") else found


def _values(document: Document, expression: str, source: Mapping[str, Any], path: str) -> list[Found]:
    if source.get("keys"):
        return _keys(document, expression, path)
    placed = [
        (value, Origin(path, document.line(address)))
        for raw, address in keypath.find(document.data, expression, single_items=document.single_items)
        if (value := to_value(raw)) is not None
    ]
    if not keypath.many(expression) or not placed or source.get("each"):
        return list(placed)
    return [([value for value, _ in placed], placed[0][1])]


def _keys(document: Document, expression: str, path: str) -> list[Found]:
    mappings = keypath.find(document.data, expression.removesuffix(".*") if expression != "*" else "")
    return [
        ([*map(str, value)], Origin(path, document.line(address)))
        for value, address in mappings
        if isinstance(value, dict) and value
    ]


def _requirements(found: list[Found]) -> list[Found]:
    """Return the packages that lists of requirements name, as one mapping."""
    lines = (line for value, _ in found if isinstance(value, list) for line in value)
    parsed = (parse_requirement(line) for line in lines if isinstance(line, str))
    packages: dict[str, Value] = {item.name: item.specifier for item in parsed if item}
    return [(packages, found[0][1])] if packages else []


def to_value(raw: Any, depth: int = 0) -> Value | None:
    """Return a document's part as a value: nulls and what lies too deep left out, dates as text."""
    if raw is None or depth > MAX_DEPTH:
        return None
    if isinstance(raw, bool | str | int | float):
        return raw
    if isinstance(raw, list):
        return [item for part in raw if (item := to_value(part, depth + 1)) is not None]
    if isinstance(raw, dict):
        pairs = ((str(name), to_value(part, depth + 1)) for name, part in raw.items())
        return {name: item for name, item in pairs if item is not None}
    return str(raw)
