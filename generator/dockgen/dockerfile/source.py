"""From a Dockerfile's text to logical lines, each with the way back to where its characters stood.

Source: BuildKit's parser (line continuation, comments, blank lines, the byte order mark).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from dockgen.dockerfile.characters import SPACES
from dockgen.dockerfile.model import Comment, Position, Span
from dockgen.records import record

# The longest line that BuildKit reads: Go's bufio.MaxScanTokenSize, in bytes.
LONGEST_LINE = 65_536
_MOST_BYTES_A_CHARACTER = 4


@record
class PositionMap:
    """Where the characters of a joined text stand in the source.

    Stretch i begins at `offsets[i]` of the text and stands in line `lines[i]`, from column `columns[i]`.
    """

    offsets: tuple[int, ...]
    lines: tuple[int, ...]
    columns: tuple[int, ...]

    def position(self, offset: int) -> Position:
        """Return the place of the character at an offset of the text."""
        index = max(bisect_right(self.offsets, offset) - 1, 0) if len(self.offsets) > 1 else 0
        return Position(self.lines[index], self.columns[index] + offset - self.offsets[index])

    def span(self, start: int, end: int) -> Span:
        """Return the stretch from one offset to another; it ends behind its last character."""
        if len(self.offsets) == 1:
            line, shift = self.lines[0], self.columns[0] - self.offsets[0]
            return Span(Position(line, start + shift), Position(line, max(start, end) + shift))
        begin = self.position(start)
        if end <= start:
            return Span(begin, begin)
        last = self.position(end - 1)
        # A text may be put together out of order: then a stretch across a seam is where it begins.
        return Span(begin, max(begin, Position(last.line, last.column + 1)))

    def shifted(self, by: int) -> PositionMap:
        """Return the map of the text without its first `by` characters."""
        return PositionMap(tuple([offset - by for offset in self.offsets]), self.lines, self.columns)


@record
class LogicalLine:
    """A line with its continuations joined, as BuildKit hands it to its instruction."""

    text: str
    map: PositionMap


class Lines:
    """The physical lines of a source, read once from top to bottom.

    `comments` collects the whole-line comments, `too_long` the number of the first line that BuildKit
    would not read (None where all are short enough).
    """

    def __init__(self, source: str, escape: str = "\\") -> None:
        self.raw = source.split("\n")
        if self.raw[-1] == "":
            self.raw.pop()
        self.escape = escape
        self.at = 0
        self.comments: list[Comment] = []
        self._ends_with_newline = source.endswith("\n")

    @property
    def too_long(self) -> int | None:
        """The number of the first line that is longer than BuildKit reads."""
        for number, line in enumerate(self.raw, start=1):
            if len(line) * _MOST_BYTES_A_CHARACTER >= LONGEST_LINE and _bytes(line) >= LONGEST_LINE:
                return number
        return None

    def logical(self) -> Iterator[LogicalLine]:
        """Yield the logical lines; what is read in between (here-documents) moves `at` on."""
        while self.at < len(self.raw):
            line = self._first()
            if line is not None:
                yield line

    def end_of(self, number: int) -> Position:
        """Return the position behind the last character of a line, its line end left out."""
        return Position(number, len(self.raw[number - 1].rstrip("\r")) + 1)

    def whole(self, index: int) -> str:
        """Return a physical line with its line end."""
        last = index == len(self.raw) - 1
        return self.raw[index] if last and not self._ends_with_newline else self.raw[index] + "\n"

    def _first(self) -> LogicalLine | None:
        line = self.raw[self.at].rstrip("\r")
        self.at += 1
        text = line.lstrip(SPACES)
        column = len(line) - len(text) + 1
        if text[:1] == "#":
            self._comment(text, column)
            return None
        kept = self._without_continuation(text)
        if kept is None:
            return LogicalLine(text, PositionMap((0,), (self.at,), (column,))) if text else None
        return self._joined(kept, column)

    def _joined(self, first: str, column: int) -> LogicalLine:
        pieces, offsets, numbers, columns = [first], [0], [self.at], [column]
        length = len(first)
        while self.at < len(self.raw):
            line = self.raw[self.at].rstrip("\r")
            self.at += 1
            stripped = line.lstrip(SPACES)
            if stripped[:1] == "#":
                self._comment(stripped, len(line) - len(stripped) + 1)
            if stripped[:1] in ("", "#"):
                continue
            kept = self._without_continuation(line)
            pieces.append(line if kept is None else kept)
            offsets.append(length)
            numbers.append(self.at)
            columns.append(1)
            length += len(pieces[-1])
            if kept is None:
                break
        return LogicalLine("".join(pieces), PositionMap(tuple(offsets), tuple(numbers), tuple(columns)))

    def _without_continuation(self, line: str) -> str | None:
        """Return the line without its continuation character; None where it has none."""
        stripped = line.rstrip(" \t")
        if stripped[-1:] != self.escape or stripped[-2:-1] == self.escape:
            return None
        return stripped[:-1]

    def _comment(self, text: str, column: int) -> None:
        span = Span(Position(self.at, column), Position(self.at, column + len(text)))
        self.comments.append(Comment(text[1:].strip(SPACES), span))


def _bytes(line: str) -> int:
    return len(line.encode("utf-8", "surrogatepass"))
