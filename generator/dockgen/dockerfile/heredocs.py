"""Here-documents: the words that open them, and reading what they hold.

Source: https://docs.docker.com/reference/dockerfile/#here-documents and BuildKit's parser.
"""

from __future__ import annotations

from dockgen.dockerfile.lexer import Lexer, LexError
from dockgen.dockerfile.model import Heredoc, Position, Problem, Span
from dockgen.dockerfile.source import Lines
from dockgen.records import record
from dockgen.regexes import regex

_OPENING = regex(r"([0-9]*)<<(-?)[\t\n\f\r ]*([^<]*)\Z")
_QUOTES = ("'", '"')


@record
class Opening:
    """A word such as `<<EOF` or `<<-"EOF"`: the terminator, and how the content is to be read."""

    name: str
    expand: bool
    chomp: bool


def opening(word: str) -> Opening | None:
    """Return what a word opens; None where it is no here-document.

    Raises:
        LexError: a quote in it is left open.
    """
    match = _OPENING.match(word)
    if match is None or not match[3]:
        return None
    plain = Lexer(match[3], keep_unset=True).run().words
    if len(plain) != 1:
        return None
    raw = Lexer(match[3], keep_unset=True, raw_quotes=True).run().words
    if len(raw) != 1:
        raise LexError(f"internal lexing of heredoc produced inconsistent results: {match[3]}")
    # Quotes that only the raw form has were taken away: then the content is not expanded.
    return Opening(plain[0], expand=_quotes(plain[0]) == _quotes(raw[0]), chomp=match[2] == "-")


def openings(line: str) -> list[Opening]:
    """Return the here-documents that a logical line opens, in order.

    Raises:
        LexError: a quote in one of the words is left open.
    """
    try:
        words = Lexer(line, keep_unset=True, raw_quotes=True, raw_escapes=True).run().words
    except LexError:
        return []
    return [found for word in words if (found := opening(word))]


def read(lines: Lines, opened: list[Opening]) -> tuple[list[Heredoc], Problem | None]:
    """Read the contents that follow the current line, and move `lines` behind them."""
    documents: list[Heredoc] = []
    for opening_ in opened:
        begin = lines.at
        end = _terminator(lines, opening_)
        lines.at = len(lines.raw) if end is None else end + 1
        content = "".join(lines.whole(index) for index in range(begin, lines.at if end is None else end))
        stop = Position(end + 1, 1) if end is not None else lines.end_of(max(lines.at, 1))
        span = Span(min(Position(begin + 1, 1), stop), stop)
        documents.append(Heredoc(opening_.name, content, opening_.expand, opening_.chomp, span))
        if end is None:
            return documents, Problem(f"unterminated heredoc: {opening_.name} is missing", span)
    return documents, None


def _terminator(lines: Lines, opened: Opening) -> int | None:
    for index in range(lines.at, len(lines.raw)):
        line = lines.raw[index].rstrip("\r")
        if (line.lstrip("\t") if opened.chomp else line) == opened.name:
            return index
    return None


def _quotes(word: str) -> int:
    return sum(word.count(quote) for quote in _QUOTES)
