"""Words as BuildKit's lexer grows them, of text and of what nobody knows before the build."""

from __future__ import annotations

from dockgen.dockerfile.characters import SPACES
from dockgen.records import record

_SPACES = frozenset(SPACES)


@record
class Unknown:
    """A part of a word whose value nobody knows before the build."""

    name: str


Piece = str | Unknown


class Words:
    """Words as they grow; the buffer is shared with the levels below."""

    def __init__(self, buffer: list[str]) -> None:
        self._buffer = buffer
        self._words: list[str] = []
        self._inside = False

    def add(self, character: str) -> None:
        """Take a character; a space ends the word."""
        if character not in SPACES:
            self.add_whole([character])
        elif self._inside and self._buffer:
            self._words.append("".join(self._buffer))
            self._buffer.clear()
            self._inside = False

    def add_split(self, pieces: list[Piece]) -> None:
        """Take a value, whose spaces end words."""
        for piece in pieces:
            if not isinstance(piece, str):
                continue
            if piece and _SPACES.isdisjoint(piece):
                self.add_whole([piece])
                continue
            for character in piece:
                self.add(character)

    def add_whole(self, pieces: list[Piece]) -> None:
        """Take what was quoted or escaped: its spaces are part of the word."""
        text = "".join(piece for piece in pieces if isinstance(piece, str))
        if text:
            self._buffer.append(text)
        self._inside = True

    def finish(self) -> list[str]:
        """Return the words."""
        if self._buffer:
            self._words.append("".join(self._buffer))
            self._buffer.clear()
        return self._words
