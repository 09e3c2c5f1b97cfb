"""`{file: pyproject.toml, packages: VIEW}`: the Python packages that a project names, in any tool's style.

`runtime`: `project.dependencies`, Poetry's; `extras`: optional ones; `dev`: dependency groups (PEP 735),
Poetry's groups, uv's and PDM's; `all` (or `true`): every one of them. The value maps names as in PEP 503 to
version specifiers. `sources` maps the packages that uv or Poetry takes from elsewhere to `git`, `path`,
`url`, `workspace` or `index`. `name: NAME` yields that package's specifier (`*` for any version) or source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dockgen.errors import CatalogError
from dockgen.project import keypath
from dockgen.project.document import Document
from dockgen.project.facts import Found, Origin, Value
from dockgen.project.keypath import Address
from dockgen.project.requirement import normalise, parse_requirement, without_credentials
from dockgen.project.select import selected
from dockgen.project.toml_text import parse_toml
from dockgen.project.tree import Tree

OPTIONS = frozenset({"name"})
_LISTS = {
    "runtime": ["project.dependencies[]"],
    "extras": ["project.optional-dependencies.*[]"],
    "dev": ["dependency-groups.*[]", "tool.uv.dev-dependencies[]", "tool.pdm.dev-dependencies.*[]"],
}
_TABLES = {
    "runtime": ["tool.poetry.dependencies"],
    "extras": [],
    "dev": ["tool.poetry.dev-dependencies", "tool.poetry.group.*.dependencies"],
}
_KINDS = ("git", "path", "url", "workspace", "index", "file")
Named = tuple[str, str, Address]


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one mapping for each file that names packages; raises ProjectError for malformed TOML."""
    found: list[Found] = []
    for path in selected(tree, source):
        document = tree.parsed(path, parse_toml)
        named = [*_named(document, source["packages"])] if document else []
        if document and "name" in source:
            wanted = normalise(str(source["name"]))
            named = [item for item in named if item[0] == wanted][:1]
            found += [(text or "*", Origin(path, document.line(address))) for _, text, address in named]
        elif document and named:
            found.append((_mapping(named), Origin(path, document.line(named[0][2]))))
    return found


def _mapping(named: list[Named]) -> dict[str, Value]:
    """Return names with their specifiers; of several, the first one that says anything counts."""
    packages: dict[str, Value] = {}
    for name, text, _ in named:
        packages[name] = packages.get(name) or text
    return packages


def _named(document: Document, view: Any) -> Iterator[Named]:
    if view == "sources":
        yield from _sources(document)
        return
    views = list(_LISTS) if view in ("all", True) else [str(view)]
    if views[0] not in _LISTS:
        raise CatalogError(f"packages: {view!r} is not known", f"One of {', '.join(_LISTS)}, all, sources.")
    for kind in views:
        for expression in _LISTS[kind]:
            yield from _listed(document, expression)
        for expression in _TABLES[kind]:
            yield from _tabled(document, expression)


def _listed(document: Document, expression: str) -> Iterator[Named]:
    """Yield the packages of a list of PEP 508 requirements."""
    for text, address in keypath.find(document.data, expression):
        requirement = parse_requirement(text) if isinstance(text, str) else None
        if requirement:
            yield requirement.name, requirement.specifier, address


def _tabled(document: Document, expression: str) -> Iterator[Named]:
    """Yield the packages of a table in Poetry's style."""
    for table, address in keypath.find(document.data, expression):
        for name, value in table.items() if isinstance(table, dict) else ():
            if name != "python":
                yield normalise(name), _specifier(value), (*address, name)


def _specifier(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, dict):
        return "" if value == "*" else str(value)
    place = next((f"@ {kind}+{value[kind]}" for kind in ("git", "path", "url") if kind in value), "")
    return without_credentials(place or str(value.get("version", "")))


def _sources(document: Document) -> Iterator[Named]:
    expressions = ["tool.uv.sources", *_TABLES["runtime"], *_TABLES["dev"]]
    for expression in expressions:
        for table, address in keypath.find(document.data, expression):
            for name, value in table.items() if isinstance(table, dict) else ():
                yield from _source(name, value, (*address, name))


def _source(name: str, value: Any, address: Address) -> Iterator[Named]:
    choices = value if isinstance(value, list) else [value]
    for choice in choices:
        kind = next((kind for kind in _KINDS if isinstance(choice, dict) and kind in choice), None)
        if kind:
            yield normalise(name), "path" if kind == "file" else kind, address
