"""What a project says of itself: a stack's `facts`, read from the tree in order of authority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dockgen.catalog.expression import build, condition
from dockgen.errors import ProjectError
from dockgen.project.facts import Fact, Origin, read_source
from dockgen.project.tree import Tree

Found = tuple[Any, Origin | None]
Trees = Mapping[str, Tree]
# Keys of a source that are read here; the rest is the reader's.
OWN_KEYS = frozenset({"when", "as", "at"})


def gather(
    tree: Tree,
    declared: Mapping[str, Any],
    project: Mapping[str, Any],
    context: Tree | None = None,
    data: Mapping[str, Any] | None = None,
) -> dict[str, Fact]:
    """Evaluate facts in their order; a later one may use the values of earlier ones.

    A fact is a list of sources (the first that gives a value wins, the others are kept as `others`), or
    `{sources: …, merge: true}` (all joined, each with its own place), or `{value: …}` (an expression). With
    `{sources: …, required: {file:, message:, hint:}}` the file must say it, if it is there. A source with
    `at: context` reads the build context: the workspace's root where the project is a member of one.
    Expressions see the stack's `data`, too.
    Raises ProjectError where a project file cannot be read, CatalogError where the declaration is wrong.
    """
    trees = {"project": tree, "context": context or tree}
    facts: dict[str, Fact] = {}
    values: dict[str, Any] = dict.fromkeys(declared)
    for name, node in declared.items():
        scope = {"facts": values, "project": project, "data": data or {}}
        facts[name] = _fact(trees, name, node, scope)
        values[name] = facts[name].value
    return facts


def values_of(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return the plain values that expressions see."""
    return {name: fact.value for name, fact in facts.items()}


def _fact(trees: Trees, name: str, node: Any, scope: Mapping[str, Any]) -> Fact:
    if isinstance(node, Mapping) and "value" in node:
        return Fact(name, build(node["value"], scope), None, ())
    merge = isinstance(node, Mapping) and bool(node.get("merge"))
    sources: Sequence[Mapping[str, Any]] = node["sources"] if isinstance(node, Mapping) else node or ()
    found = [one for source in sources for one in _read(trees, _apart(source) if merge else source, scope)]
    if not found:
        _refuse_absence(trees["project"], node)
        return Fact(name, None, None, ())
    if merge:
        parts = tuple((value, origin) for value, origin in found if origin)
        return Fact(name, _merged([value for value, _ in found]), found[0][1], (), parts)
    return Fact(
        name, found[0][0], found[0][1], tuple((value, origin) for value, origin in found[1:] if origin)
    )


def _apart(source: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a source whose matches come each with its place; what is joined afterwards is the same."""
    if not source.get("all") or "as" in source:
        return source
    return {**{key: value for key, value in source.items() if key != "all"}, "each": True}


def _refuse_absence(tree: Tree, node: Any) -> None:
    """Raise ProjectError where a file is there and does not say what no build can do without."""
    needed = node.get("required") if isinstance(node, Mapping) else None
    if needed and tree.text(needed["file"]) is not None:
        raise ProjectError(f"{needed['file']}:1: {needed['message']}", needed["hint"])


def _read(trees: Trees, source: Mapping[str, Any], scope: Mapping[str, Any]) -> list[Found]:
    if not condition(source.get("when"), scope):
        return []
    if "constant" in source:
        return [(build(source["constant"], scope), None)]
    plain = {key: expanded(value, scope) for key, value in source.items() if key not in OWN_KEYS}
    place = source.get("at", "project")
    read = read_source(trees[place], plain)
    found = [(value, origin) for value, origin in read if value not in (None, "", [], {})]
    if "as" in source:
        found = [
            (build(source["as"], {**scope, "item": value, "path": origin.path}), origin)
            for value, origin in found
        ]
    up = scope["project"].get("context", ".") if place == "context" else "."
    return [(value, _seen_from(up, origin)) for value, origin in found]


def expanded(value: Any, scope: Mapping[str, Any]) -> Any:
    """Return a source's value with its expressions evaluated; regular expressions have none."""
    return build(value, scope) if isinstance(value, str) and value.startswith("{{ ") else value


def _seen_from(up: str, origin: Origin) -> Origin:
    """Return an origin in the build context as the project's folder sees it."""
    return origin if up == "." else Origin(f"{up}/{origin.path}", origin.line)


def _merged(values: Sequence[Any]) -> Any:
    if all(isinstance(value, Mapping) for value in values):
        return {key: entry for value in reversed(values) for key, entry in value.items()}
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    # By their text: what a project's file holds where a name is expected may be no key of a mapping.
    return list({repr(item): item for item in flat}.values())
