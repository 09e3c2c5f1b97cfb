"""The shell scripts that an instruction holds, each with the way back to the Dockerfile's lines."""

from __future__ import annotations

from collections.abc import Callable

from dockgen.dockerfile.heredocs import opening
from dockgen.dockerfile.lexer import LexError
from dockgen.dockerfile.model import Heredoc, Instruction, Position, Span, Word
from dockgen.dockerfile.source import PositionMap
from dockgen.records import field, record
from dockgen.regexes import regex

Locate = Callable[[int, int], Span]
# Only a newline ends a line, unlike for str.splitlines.
_LINES = regex(r"[^\n]*\n|[^\n]+")
SHELLS = frozenset({"sh", "ash", "bash", "dash", "ksh", "mksh", "zsh"})


@record
class Script:
    """A text for a shell; `locate` gives the place of a stretch of it in the Dockerfile."""

    text: str
    locate: Locate = field(repr=False, compare=False)

    def inside(self, start: int, text: str, written: str) -> Script:
        """Return the script that a word of this one holds, whose letters begin at `start`.

        Where quoting changed the text, each stretch of it stands for the whole word.
        """
        if text == written:
            return Script(text, lambda begin, end: self.locate(start + begin, start + end))
        return Script(text, lambda _begin, _end: self.locate(start, start + len(written)))


def shell_script(instruction: Instruction) -> Script | None:
    """Return what the shell runs for an instruction in shell form; None where no shell runs a text of it."""
    places = instruction.places
    if places is None or not instruction.words or instruction.json_form:
        return None
    word = instruction.words[-1]
    if instruction.keyword == "HEALTHCHECK" and word is instruction.words[0]:
        return None
    if not instruction.heredocs:
        start = len(instruction.text) - len(word.text)
        return Script(word.text, places.shifted(start).span)
    if _is_only_heredoc(word):
        return _content(instruction.heredocs[0])
    return _with_heredocs(word.text, places, instruction.heredocs)


def json_script(word: Word) -> Script:
    """Return a string of a JSON array, its quotes around it, as a script of its own."""
    start = word.span.start
    text = f'"{word.text}"'
    if word.span.end == Position(start.line, start.column + len(text)):
        return Script(text, PositionMap((0,), (start.line,), (start.column,)).span)
    return Script(text, lambda _begin, _end: word.span)


def _is_only_heredoc(word: Word) -> bool:
    try:
        return opening(word.text) is not None
    except LexError:
        return False


def _content(document: Heredoc) -> Script | None:
    """Return the content as a script; None where its first line names another interpreter."""
    first = document.content.partition("\n")[0].lstrip("\t" if document.chomp else "")
    if first.startswith("#!") and not _names_shell(first[2:]):
        return None
    pieces, offsets, lines, columns = _lines_of(document, 0)
    return Script("".join(pieces), PositionMap(tuple(offsets), tuple(lines), tuple(columns)).span)


def _names_shell(command: str) -> bool:
    words = [word.rpartition("/")[2] for word in command.split()]
    return bool(words) and (words[0] in SHELLS or (words[0] == "env" and not SHELLS.isdisjoint(words[1:])))


def _with_heredocs(text: str, places: PositionMap, documents: tuple[Heredoc, ...]) -> Script:
    """Return the text with its here-documents behind it, as BuildKit hands it to the shell."""
    pieces = [text, "\n"]
    offsets, lines, columns = list(places.offsets), list(places.lines), list(places.columns)
    length = len(text) + 1
    for document in documents:
        added = _lines_of(document, length)
        pieces += [*added[0], document.name, "\n"]
        offsets += [*added[1], length + sum(map(len, added[0]))]
        lines += [*added[2], document.span.end.line]
        columns += [*added[3], 1]
        length = offsets[-1] + len(document.name) + 1
    return Script("".join(pieces), PositionMap(tuple(offsets), tuple(lines), tuple(columns)).span)


def _lines_of(document: Heredoc, length: int) -> tuple[list[str], list[int], list[int], list[int]]:
    """Return the content's lines with the offset, the line and the column of each."""
    pieces: list[str] = []
    offsets: list[int] = []
    columns: list[int] = []
    for line in _LINES.findall(document.content):
        kept = line.lstrip("\t") if document.chomp else line
        pieces.append(kept)
        offsets.append(length)
        columns.append(len(line) - len(kept) + 1)
        length += len(kept)
    first = document.span.start.line
    return pieces, offsets, list(range(first, first + len(pieces))), columns
