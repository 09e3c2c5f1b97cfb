"""`{file: F, regex: RX}`: what an expression finds, line by line.

The value is the first group of the first match in each file, or the whole match where the expression has
no group; with two groups a mapping of the first to the second. `all: true` gathers every match of all
files into one list (or mapping); `each: true` gives every match as a value with its own origin.
`line_with: TEXT` looks only at lines that hold the text, which is quick in large files.
`calls: cmake` (or meson) takes lines up to where a parenthesis closes for one, without comments.
`unless: REGEX` passes over files that have a line with that.
`comments: {ENDING: REGEX}` leaves out what a comment holds, which REGEX begins in files of that ending.
`none_of: [VALUE, …]` passes over matches of which that is the value.
`most: N` bounds the matches, which are 1,000 without it.
`skip_unreadable: true` passes over files that are no text, for source code at large.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dockgen.errors import ProjectError
from dockgen.project.calls import MAX_LINE, calls
from dockgen.project.facts import Found, Origin, Value, expression
from dockgen.project.select import selected
from dockgen.project.tree import Tree

OPTIONS = frozenset(
    {"all", "calls", "comments", "each", "line_with", "most", "none_of", "skip_unreadable", "unless"}
)
# What an expression sees is bounded, so that no line of a hostile file makes it run for long.
MAX_MATCHES = 1_000
_QUOTED = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\\."""
MAX_BYTES = 16 * 1024 * 1024


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return the matches; raises ProjectError for a file that cannot be read."""
    many, most = source.get("all") or source.get("each"), int(source.get("most", MAX_MATCHES))
    unwanted = source.get("none_of", ())
    found: list[Found] = []
    for path, text in _texts(tree, source):
        # Not before: a project lacks the files of most sources.
        pattern = expression(str(source["regex"]))
        if "unless" in source and any(_matches(_lines(text), expression(str(source["unless"])))):
            continue
        lines = (
            calls(text, source["calls"]) if "calls" in source else _lines(text, source.get("line_with", ""))
        )
        for line, match in _matches(lines, pattern, _comment(path, source)):
            value = _value(match)
            if value in unwanted:
                continue
            found.append((value, Origin(path, line)))
            if not many or len(found) >= most:
                break
    return _gathered(found) if source.get("all") and found else found


def _texts(tree: Tree, source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    left = MAX_BYTES
    lenient = bool(source.get("skip_unreadable", "glob" in source))
    for path in selected(tree, source):
        try:
            text = tree.text(path) or ""
        except ProjectError:
            if not lenient:
                raise
            continue
        left -= len(text) if lenient else 0
        if left < 0:
            return
        yield path, text


def _comment(path: str, source: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Return what finds quoted texts and comments in a file; None where it is not known what begins one."""
    begins = source.get("comments", {}).get(path.rpartition(".")[2].lower())
    return expression(rf"{_QUOTED}|(?P<comment>{begins})") if begins else None


def _matches(
    lines: Iterable[tuple[int, str]], pattern: re.Pattern[str], comment: re.Pattern[str] | None = None
) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in lines:
        if len(line) <= MAX_LINE:
            # Most lines have no match to ask about.
            code = _code(line, comment) if comment is not None and pattern.search(line) else line
            for match in pattern.finditer(code):
                yield number, match


def _code(line: str, comment: re.Pattern[str]) -> str:
    """Return what stands before the line's comment."""
    return line[: next((match.start() for match in comment.finditer(line) if match["comment"]), None)]


def _lines(text: str, line_with: str = "") -> Iterator[tuple[int, str]]:
    """Yield the lines that hold the text, with their numbers."""
    if not line_with:
        yield from ((number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1))
        return
    number, counted, at = 1, 0, text.find(line_with)
    while at >= 0:
        number += text.count("\n", counted, at)
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield number, text[start:end].rstrip("\r")
        counted, at = at, text.find(line_with, end)


def _value(match: re.Match[str]) -> Value:
    groups = match.groups()
    if len(groups) == 2:
        return {groups[0] or "": groups[1] or ""}
    return next((group for group in groups if group is not None), match[0])


def _gathered(found: list[Found]) -> list[Found]:
    """Return one value out of many, doubles dropped, with the origin of the first."""
    origin = found[0][1]
    if isinstance(found[0][0], dict):
        pairs = [value for value, _ in reversed(found) if isinstance(value, dict)]
        return [({key: item for pair in pairs for key, item in pair.items()}, origin)]
    return [([*dict.fromkeys(str(value) for value, _ in found)], origin)]
