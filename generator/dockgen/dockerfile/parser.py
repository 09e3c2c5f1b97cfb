"""The parser: a Dockerfile's text becomes instructions with exact spans and the stages they make.

Source: https://docs.docker.com/reference/dockerfile/ and BuildKit's parser, with which it agrees on all
that BuildKit accepts; what BuildKit refuses becomes a `Problem`, and parsing goes on behind it.
"""

from __future__ import annotations

from collections.abc import Callable

from dockgen.dockerfile import directives, heredocs, splitting
from dockgen.dockerfile.arguments import ARGUMENTS, Arguments, none
from dockgen.dockerfile.characters import BLANKS, SPACES
from dockgen.dockerfile.lexer import LexError
from dockgen.dockerfile.model import (
    Comment,
    Directive,
    Dockerfile,
    Flag,
    Heredoc,
    Instruction,
    Position,
    Problem,
    Span,
    Word,
)
from dockgen.dockerfile.source import Lines, LogicalLine
from dockgen.dockerfile.splitting import Piece
from dockgen.dockerfile.stages import global_arguments, stages
from dockgen.dockerfile.validation import refusals
from dockgen.records import replace

_WITH_HEREDOCS = frozenset({"ADD", "COPY", "RUN"})
_TOO_LONG = "the line is longer than the 65535 bytes that BuildKit reads"


def parse(source: str, path: str = "Dockerfile") -> Dockerfile:
    """Return the parsed Dockerfile. It never raises: what is wrong stands in `problems`."""
    source = source.removeprefix("\ufeff")
    lines = Lines(source)
    found, lines.escape, problems = directives.read(lines.raw)
    instructions = _instructions(lines, problems.append)
    _check_file(lines, instructions, problems.append)
    dockerfile = Dockerfile(
        source=source,
        path=path,
        escape=lines.escape,
        directives=tuple(found),
        comments=_without_directives(lines.comments, found),
        instructions=tuple(instructions),
        global_args=global_arguments(instructions),
        stages=stages(instructions, lines.escape),
    )
    problems += refusals(dockerfile)
    return replace(dockerfile, problems=tuple(sorted(problems, key=lambda problem: problem.span)))


def _instructions(lines: Lines, report: Callable[[Problem], None]) -> list[Instruction]:
    found: list[Instruction] = []
    for line in lines.logical():
        instruction = _Reader(line, lines, report).instruction()
        if instruction is not None:
            found.append(instruction)
    return found


def _check_file(lines: Lines, instructions: list[Instruction], report: Callable[[Problem], None]) -> None:
    start = Position(1, 1)
    if not instructions:
        report(Problem("file with no instructions", Span(start, start)))
    number = lines.too_long
    if number is not None:
        report(Problem(_TOO_LONG, Span(Position(number, 1), lines.end_of(number))))


def _without_directives(comments: list[Comment], found: list[Directive]) -> tuple[Comment, ...]:
    taken = {directive.span.start.line for directive in found}
    return tuple(comment for comment in comments if comment.span.start.line not in taken)


class _Reader:
    """Reads one logical line."""

    def __init__(self, line: LogicalLine, lines: Lines, report: Callable[[Problem], None]) -> None:
        self._text = line.text
        self._map = line.map
        self._span: Callable[[int, int], Span] = line.map.span
        self._lines = lines
        self._report = report

    def instruction(self) -> Instruction | None:
        start, end = splitting.trimmed(self._text, 0, len(self._text))
        if start == end:
            self._problem("a continuation line with no instruction", 0, len(self._text))
            return None
        return self._at(start, end)

    def _at(self, start: int, end: int, *, inner: bool = False) -> Instruction:
        """Read the instruction in a stretch; `inner` is the one that ONBUILD keeps for later."""
        blank = BLANKS.search(self._text, start, end)
        keyword_end = blank.start() if blank else end
        written = self._text[start:keyword_end]
        keyword = written.upper()
        flags, begin = self._flags(blank.end() if blank else end, end)
        begin, stop = splitting.trimmed(self._text, begin, end)
        waits = keyword == "ONBUILD" and not inner and begin < stop
        trigger = self._at(begin, stop, inner=True) if waits else None
        read = self._arguments(keyword, begin, stop)
        documents = self._heredocs(keyword, read)
        whole = trigger.span if trigger else self._span(start, end)
        behind = self._lines.end_of(self._lines.at) if documents else whole.end
        keyword_span = self._span(start, keyword_end)
        return Instruction(
            keyword=keyword,
            written=written,
            span=Span(keyword_span.start, behind),
            keyword_span=keyword_span,
            text=self._text[begin:stop],
            flags=flags,
            words=tuple([self._word(piece) for piece in read.words]),
            pairs=tuple([(self._word(key), value and self._word(value)) for key, value in read.pairs]),
            heredocs=documents,
            json_form=read.json_form,
            trigger=trigger,
            begin=begin,
            map=self._map,
        )

    def _arguments(self, keyword: str, start: int, end: int) -> Arguments:
        read = ARGUMENTS.get(keyword, none)(self._text, start, end, self._lines.escape)
        if read.problem:
            self._problem(read.problem, start, end)
        return read

    def _flags(self, start: int, end: int) -> tuple[tuple[Flag, ...], int]:
        if "--" not in self._text[start : start + 64].lstrip(SPACES)[:2]:
            return (), start
        pieces, begin = splitting.flags(self._text, start, end, self._lines.escape)
        return tuple(self._flag(piece) for piece in pieces), begin

    def _flag(self, piece: Piece) -> Flag:
        name, equals, value = piece.text[2:].partition("=")
        return Flag(name, value if equals else None, piece.start, piece.end, self._map)

    def _word(self, piece: Piece) -> Word:
        return Word(piece.text, piece.start, piece.end, self._map)

    def _heredocs(self, keyword: str, read: Arguments) -> tuple[Heredoc, ...]:
        if keyword not in _WITH_HEREDOCS or read.json_form or "<<" not in self._text:
            return ()
        try:
            opened = heredocs.openings(self._text)
        except LexError as error:
            self._problem(f"failed to process the here-document's name: {error}", 0, len(self._text))
            return ()
        documents, problem = heredocs.read(self._lines, opened)
        if problem:
            self._report(problem)
        return tuple(documents)

    def _problem(self, message: str, start: int, end: int) -> None:
        self._report(Problem(message, self._span(start, end)))
