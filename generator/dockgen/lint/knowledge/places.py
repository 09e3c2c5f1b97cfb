"""Where in the source something stands."""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Position, Span


def source_lines(dockerfile: Dockerfile, instruction: Instruction) -> Iterator[tuple[int, str]]:
    """Yield number and text of an instruction's lines, comments between them left out."""
    last = min(instruction.span.end.line, len(dockerfile.lines))
    for number in range(instruction.span.start.line, last + 1):
        text = dockerfile.lines[number - 1]
        if number == instruction.span.start.line or not text.lstrip().startswith("#"):
            yield number, text


def on_line(line: int, start: int, end: int) -> Span:
    """Return the span of two half-open offsets within one line."""
    return Span(Position(line, start + 1), Position(line, end + 1))
