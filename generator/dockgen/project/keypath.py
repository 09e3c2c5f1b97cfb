"""Paths into documents: `a.b`, `a["x.y"].c`, `a[0]`, `a[].name` (each item), `a.*` (each value)."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from dockgen.errors import CatalogError
from dockgen.regexes import regex


class Each(enum.Enum):
    """A step to more than one value: the items of a list (`[]`), or the values of a mapping or list (`*`)."""

    ITEM = "[]"
    VALUE = "*"


Step: TypeAlias = str | int | Each
Address: TypeAlias = tuple[str | int, ...]
MAX_FOUND = 5_000
_STEP = regex(
    r"""
    (?P<all>\*) | \["(?P<quoted>[^"]*)"\] | \[(?P<index>-?\d+)\] | (?P<each>\[\]) | (?P<name>[^.\[\]*"]+)
    """,
    re.VERBOSE,
)


@cache
def steps(path: str) -> tuple[Step, ...]:
    """Return the steps of a path; raises CatalogError where it cannot be read."""
    found: list[Step] = []
    at = 0
    while at < len(path):
        match = _STEP.match(path, at)
        if not match:
            raise CatalogError(f"the path {path!r} cannot be read from its character {at + 1} on", _WAY_OUT)
        found.append(_step(match))
        at = match.end()
        if path.startswith(".", at) and at + 1 < len(path):
            at += 1
    return tuple(found)


_WAY_OUT = 'Write it as in `a.b`, `a["x.y"]`, `a[0]`, `a[].name` or `a.*`.'


def _step(match: re.Match[str]) -> Step:
    if match["all"] or match["each"]:
        return Each(match[0])
    if match["index"]:
        return int(match["index"])
    return match["name"] if match["name"] is not None else str(match["quoted"])


def many(path: str) -> bool:
    """Whether the path may lead to more than one value."""
    return any(isinstance(step, Each) for step in steps(path))


def find(data: Any, path: str, *, single_items: bool = False) -> list[tuple[Any, Address]]:
    """Return what a path leads to, each with its address; at most 5,000 values.

    `single_items` lets `[]` take what is no list as a list of one.
    """
    found: list[tuple[Any, Address]] = [(data, ())]
    for step in steps(path):
        following = (pair for value, address in found for pair in _follow(value, step, address, single_items))
        found = [pair for pair, _ in zip(following, range(MAX_FOUND), strict=False)]
    return found


def _follow(value: Any, step: Step, address: Address, single_items: bool) -> Iterator[tuple[Any, Address]]:
    if isinstance(step, Each):
        yield from _each(value, step, address, single_items)
    elif isinstance(value, dict) and isinstance(step, str):
        if step in value:
            yield value[step], (*address, step)
    elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
        yield value[step], (*address, step % len(value))


def _each(value: Any, step: Each, address: Address, single_items: bool) -> Iterator[tuple[Any, Address]]:
    if isinstance(value, list):
        yield from ((item, (*address, index)) for index, item in enumerate(value))
    elif single_items and step is Each.ITEM:
        yield value, address
    elif isinstance(value, dict) and step is Each.VALUE:
        yield from ((item, (*address, key)) for key, item in value.items())
