"""What is wrong with a stack file, with file and line: looked for when a stack fails, and by tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dockgen.catalog.expression import names, placeholders
from dockgen.catalog.facts import OWN_KEYS
from dockgen.catalog.functions import FUNCTIONS
from dockgen.catalog.loading import documents, line_of
from dockgen.catalog.stack import Stack, load_stack
from dockgen.errors import CatalogError

Keys = tuple[str | int, ...]
# Their values are expressions without braces.
_BARE = ("when", "detected", "ambiguous", "each", "library")
# What expressions see besides facts, answers, let, data and tables; their fields are not known beforehand.
_LOOSE = {"project", "image", "item", "path", "value"}
_NEEDED = ("template", "images", "user", "allow", "entrypoint")


@contextmanager
def blamed(path: Path) -> Iterator[None]:
    """Turn a failure inside into a CatalogError with `file:line` where the stack file is at fault."""
    try:
        yield
    except (CatalogError, KeyError, TypeError, AttributeError, ValueError, StopIteration) as error:
        found = problems(path)
        if found:
            raise CatalogError(found[0], "mend the stack file") from error
        if isinstance(error, CatalogError) and not error.message.startswith(str(path)):
            raise CatalogError(f"{path}: {error.message}", error.hint) from error
        raise


def problems(path: Path) -> list[str]:
    """Return what is wrong with a stack file, each as `file:line: reason`.

    Raises CatalogError as loading does.
    """
    stack, body = load_stack(path), documents(path, 2)[1]
    found = [*_sources(body), *_tables(stack, body), *_plan(stack), *_names(stack, body)]
    return [f"{path}:{line_of(path, 1, keys)}: {reason}" for keys, reason in found]


def _names(stack: Stack, body: Any) -> Iterator[tuple[Keys, str]]:
    known = _declared(stack)
    for keys, source in _expressions(body, ()):
        try:
            read = names(source)
        except CatalogError as error:
            yield keys, error.message
            continue
        for owner, field in sorted(read, key=str):
            if owner not in known and owner not in _LOOSE and owner not in FUNCTIONS:
                yield keys, f"{owner} is not declared"
            elif field and owner in known and field not in known[owner]:
                yield keys, f"{owner}.{field} is not declared"


def _declared(stack: Stack) -> dict[str, set[str]]:
    return {
        "facts": set(stack.facts),
        "answers": {question.name for question in stack.questions},
        "let": set(stack.let),
        "data": set(stack.data),
        **{table: {str(key) for row in rows for key in row} for table, rows in stack.tables.items()},
    }


def _expressions(node: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(node, str):
        bare = bool(keys) and keys[-1] in _BARE
        yield from ((keys, source) for source in ([node] if bare else placeholders(node)))
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from _expressions(value, (*keys, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _expressions(value, (*keys, index))


def _sources(body: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    workspace = body.get("workspace") or {"facts": {}}
    for area in (("facts",), ("workspace", "facts")):
        declared = body["facts"] if len(area) == 1 else workspace["facts"]
        yield from _wrong_sources(area, declared)


def _wrong_sources(area: Keys, declared: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    from dockgen.project.facts import check_source

    for name, node in declared.items():
        merged = isinstance(node, Mapping) and "sources" in node
        listed = node["sources"] if merged else node if isinstance(node, list) else ()
        for index, source in enumerate(listed):
            plain = {key: value for key, value in source.items() if key not in OWN_KEYS}
            try:
                if "constant" not in plain:
                    check_source(plain)
            except CatalogError as error:
                yield (*area, name, *(["sources"] if merged else []), index), error.message


def _tables(stack: Stack, body: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    for question in stack.questions:
        if question.table and question.table not in stack.tables:
            yield ("questions", question.name, "table"), f"there is no table {question.table!r}"
    for table, rows in body.get("tables", {}).items():
        for index, row in enumerate(rows):
            if "name" not in row:
                yield ("tables", table, index), "a row needs a name"


def _plan(stack: Stack) -> Iterator[tuple[Keys, str]]:
    for key in _NEEDED:
        if key not in stack.plan:
            yield ("plan",), f"the plan lacks {key}"
