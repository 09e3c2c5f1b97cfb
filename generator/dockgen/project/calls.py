"""Calls over several lines, as build files of CMake and Meson have them, each as one line.

Sources: cmake.org/cmake/help/latest/manual/cmake-language.7.html (bracket and quoted arguments, comments),
mesonbuild.com/Syntax.html (strings, comments). Looked at in 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from dockgen.project.select import MAX_FILES
from dockgen.regexes import regex

MAX_LINE = 1_000
MAX_CALL = 100
"""Lines that may make one call."""
# A parenthesis in a text or comment holds nothing together, and a # in a text begins no comment.
_ASIDES = {
    "cmake": regex(
        r"""(?P<bracket>#?\[(?P<level>={0,9})\[)|"(?:[^"\\]|\\[\s\S])*"|\\.|(?P<comment>#[^\n]*)"""
    ),
    "meson": regex(
        r"""(?P<bracket>(?P<level>(?!)))|'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|(?P<comment>#[^\n]*)"""
    ),
}


@lru_cache(maxsize=MAX_FILES)
def calls(text: str, language: str) -> Sequence[tuple[int, str]]:
    """Return what parentheses hold together, each as one line with the number of its first, without comments.

    `language` is cmake or meson. Lines are cut at their bound.
    """
    return tuple(_joined(text, language))


def _joined(text: str, language: str) -> Iterator[tuple[int, str]]:
    pieces = [*_pieces(text, language)]
    code, bare = ("".join(part).split("\n") for part in zip(*pieces, strict=True))
    start, parts, depth = 0, list[str](), 0
    for number, (line, held) in enumerate(zip(code, bare, strict=True), 1):
        start = start if parts else number
        part = line.rstrip("\r")[:MAX_LINE]
        parts.append(part.strip() if parts else part)
        depth += held.count("(") - held.count(")")
        if depth <= 0 or len(parts) == MAX_CALL:
            yield start, " ".join(parts)[:MAX_LINE]
            parts, depth = [], 0
    yield start, " ".join(parts)[:MAX_LINE]


def _pieces(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the text piece by piece: without comments, and with nothing but what holds lines together."""
    at, unclosed = 0, set[str]()
    while match := _ASIDES[language].search(text, at):
        before, at = text[at : match.start()], match.end()
        yield before, before
        comment = match["comment"] is not None
        if match["bracket"]:
            closed = _closed(text, at, match["level"], unclosed)
            comment = match[0].startswith("#")
            at = closed or (_line_end(text, at) if comment else at)
        piece = text[match.start() : at]
        lines = "\n" * piece.count("\n")
        yield (lines, lines) if comment else (piece, f"({lines})")
    yield text[at:], text[at:]


def _closed(text: str, at: int, level: str, unclosed: set[str]) -> int:
    """Return where a bracket of that level ends, 0 where it never does; none is looked for in vain twice."""
    found = -1 if level in unclosed else text.find(f"]{level}]", at)
    if found < 0:
        unclosed.add(level)
    return found + len(level) + 2 if found >= 0 else 0


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
