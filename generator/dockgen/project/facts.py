"""Facts about a project, each with the file and line it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeAlias, Union

from dockgen.errors import CatalogError
from dockgen.project.tree import Tree
from dockgen.records import record
from dockgen.resources import module_names

Value: TypeAlias = Union[str, int, float, bool, list["Value"], dict[str, "Value"]]  # noqa: UP007 - recursive
SELECTION = frozenset({"file", "glob", "not_in", "with", "limit"})
MAX_CAPTURED = 2_000


@record
class Origin:
    """Where a value stands: a POSIX path relative to the tree, and its line from 1 where that is known."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


Found: TypeAlias = tuple[Value, Origin]


@record
class Fact:
    """A named value with its origin; `others` are what less authoritative places say.

    `parts` are what a value that was joined of several places is made of, each with its own.
    `value` is None where nothing says it, `origin` where it was concluded and not read.
    """

    name: str
    value: Value | None
    origin: Origin | None
    others: tuple[Found, ...] = ()
    parts: tuple[Found, ...] = ()

    @property
    def places(self) -> list[Found]:
        """Everything that was read for it, each with its place, by authority."""
        if self.parts or self.value is None or self.origin is None:
            return [*self.parts, *self.others]
        return [(self.value, self.origin), *self.others]


def read(tree: Tree, name: str, sources: Iterable[Mapping[str, Any]]) -> Fact | None:
    """Return the fact that the sources tell, in their order of authority; None where none does.

    Raises ProjectError for a file that cannot be understood, CatalogError for a source that is wrong.
    """
    found = [result for source in sources for result in read_source(tree, source)]
    if not found:
        return None
    (value, origin), *others = found
    return Fact(name, value, origin, tuple(others))


def read_source(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return the values that one source yields, with their origins; [] where it has nothing.

    The source's format key (`exists`, `regex`, `json` …) names the reader, a module of
    `project/readers/`. `capture: REGEX` is known to all of them: of each text only the first group (or
    the whole match) is kept, and texts without a match are dropped.
    """
    _check_keys(source)
    found: list[Found] = _reader(format_of(source)).read(tree, source)
    return _captured(found, source["capture"]) if "capture" in source else found


def check_source(source: Mapping[str, Any]) -> None:
    """Raise CatalogError where a source has an unknown key, no selection, or a bad expression."""
    _check_keys(source)
    for key in ("regex", "capture", "unless"):
        if key in source:
            expression(str(source[key]))


def _check_keys(source: Mapping[str, Any]) -> None:
    """Check all but the expressions: most are of files that a project does not have."""
    name = format_of(source)
    unknown = set(source) - SELECTION - {name, "capture"} - _reader(name).OPTIONS
    if unknown:
        raise CatalogError(f"a {name} source does not know the key {min(unknown)!r}", _shown(source))
    if not {"file", "glob"} & set(source):
        raise CatalogError(f"a {name} source needs `file` or `glob`", _shown(source))


def format_of(source: Mapping[str, Any]) -> str:
    """Return the format key of a source; raises CatalogError where there is none, or more than one."""
    named = sorted(set(source) & formats() - {"glob"})
    if len(named) == 1:
        return named[0]
    if not named and "glob" in source:
        return "glob"
    raise CatalogError(
        f"a source needs one format key, and has {', '.join(named) or 'none'}",
        f"{_shown(source)}; formats: {', '.join(sorted(formats()))}.",
    )


def _shown(source: Mapping[str, Any]) -> str:
    return f"The source is {dict(source)!r}"


@cache
def formats() -> frozenset[str]:
    """Return the names of the readers there are."""
    from dockgen.project import readers

    return module_names(readers)


@cache
def _reader(name: str) -> ModuleType:
    return import_module(f"dockgen.project.readers.{name}")


@cache
def expression(text: str) -> re.Pattern[str]:
    """Return a compiled expression; raises CatalogError where it is none."""
    try:
        return re.compile(text)
    except re.error as error:
        raise CatalogError(f"the expression {text!r} is wrong: {error}", "Mend the stack's data.") from error


def first_group(match: re.Match[str]) -> str:
    """Return the first group that took part, or the whole match where there are no groups."""
    groups = [group for group in match.groups() if group is not None]
    return groups[0] if groups else match[0]


def _captured(found: list[Found], pattern: str) -> list[Found]:
    kept = ((_capture(value, expression(pattern)), origin) for value, origin in found)
    return [(value, origin) for value, origin in kept if value is not None]


def _capture(value: Value, pattern: re.Pattern[str]) -> Value | None:
    """Return what the pattern captures of a value; lists lose what does not match, and doubles."""
    if isinstance(value, list):
        captured = [item for item in (_capture(item, pattern) for item in value) if item is not None]
        return [item for index, item in enumerate(captured) if item not in captured[:index]] or None
    if isinstance(value, dict):
        pairs = ((key, _capture(item, pattern)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not None} or None
    match = pattern.search(str(value)[:MAX_CAPTURED])
    return first_group(match) if match else None
