"""How BuildKit splits the text of an instruction: flags, words, the JSON form.

Each function returns pieces with their offsets; none of them knows of lines.
"""

from __future__ import annotations

import json
import math
from typing import NamedTuple

from dockgen.dockerfile.characters import BLANKS, BYTE_SPACES, SPACES
from dockgen.regexes import regex


class Piece(NamedTuple):
    """A part of a text: what it says, and where it stands."""

    text: str
    start: int
    end: int


class NotStringsError(ValueError):
    """A JSON array that BuildKit refuses: not all of it is strings."""


# What may end a run of plain characters, by the quote that is open.
_SPECIAL = {"": regex(r"""[\s'"\\`]"""), "'": regex(r"['\\`]"), '"': regex(r'["\\`]')}
_STRING = regex(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_JSON_BLANKS = regex(r"[ \t\r\n]*")
_DEEPEST_JSON = 10_000


def on_blanks(text: str, start: int, end: int) -> list[Piece]:
    """Split on runs of blanks, as for FROM, COPY or EXPOSE."""
    pieces: list[Piece] = []
    while start < end:
        blank = BLANKS.search(text, start, end)
        stop = blank.start() if blank else end
        pieces.append(Piece(text[start:stop], start, stop))
        if blank is None:
            break
        start = blank.end()
    return pieces


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of a stretch without the spaces around it."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip(SPACES))
    return start, max(start, start + len(stretch.strip(SPACES)))


def flags(text: str, start: int, end: int, escape: str) -> tuple[list[Piece], int]:
    """Return the `--name=value` flags, quotes and escapes taken away, and where the arguments begin.

    BuildKit reads this part byte by byte: a character beyond ASCII comes out as the Latin-1 characters
    of its UTF-8 bytes, and so it does here.
    """
    if text.isascii():
        return _flags(text, start, end, escape)
    view, places = _bytes_view(text[start:end])
    found, begin = _flags(view, 0, len(view), escape)
    moved = [Piece(one.text, start + places[one.start], start + places[one.end]) for one in found]
    return moved, start + places[begin]


def _bytes_view(text: str) -> tuple[str, list[int]]:
    """Return the bytes as Latin-1 characters, and for each the index of the character it belongs to."""
    encoded = [character.encode("utf-8", "surrogatepass") for character in text]
    places = [index for index, character in enumerate(encoded) for _ in character]
    return b"".join(encoded).decode("latin-1"), [*places, len(text)]


def _flags(text: str, start: int, end: int, escape: str) -> tuple[list[Piece], int]:
    found: list[Piece] = []
    at = start
    while True:
        at = _skip(text, at, end, BYTE_SPACES)
        if not text.startswith("--", at, end):
            return found, at
        piece, quoted = _flag(text, at, end, escape)
        at = piece.end
        if piece.text == "--":
            return found, at
        if piece.text or quoted:
            found.append(piece)


def _flag(text: str, start: int, end: int, escape: str) -> tuple[Piece, bool]:
    letters: list[str] = []
    quote = ""
    quoted = False
    at = start
    while special := _SPECIAL[quote].search(text, at, end):
        letters.append(text[at : special.start()])
        at = special.end()
        character = special[0]
        if character == quote:
            quote = ""
        elif not quote and character in BYTE_SPACES:
            return Piece("".join(letters), start, at - 1), quoted
        elif not quote and character in "'\"":
            quote = character
            quoted = True
        elif character == escape:
            letters.append(text[at : min(at + 1, end)])
            at += 1
        else:
            letters.append(character)
    return Piece("".join([*letters, text[at:end]]), start, end), quoted


def words(text: str, start: int, end: int, escape: str) -> list[Piece]:
    """Split on spaces outside quotes, as for ENV, LABEL and ARG; quotes and escapes are kept."""
    found: list[Piece] = []
    at = start
    while True:
        at = _skip(text, at, end, SPACES)
        if at >= end:
            return found
        begin = at
        at, dropped = _word_end(text, at, end, escape)
        word = text[begin : at - dropped]
        if word:
            found.append(Piece(word, begin, at))


def _word_end(text: str, at: int, end: int, escape: str) -> tuple[int, bool]:
    """Return where a word ends, and whether its last character is an escape of nothing, to be dropped."""
    quote = ""
    while special := _SPECIAL[quote].search(text, at, end):
        at = special.end()
        character = special[0]
        if character == quote:
            quote = ""
        elif not quote and character in SPACES:
            return at - 1, False
        elif not quote and character in "'\"":
            quote = character
        elif character == escape and quote != "'":
            if at == end:
                return end, True
            at += 1
    return end, False


def _skip(text: str, at: int, end: int, blanks: str) -> int:
    while at < end and text[at] in blanks:
        at += 1
    return at


def json_strings(text: str, start: int, end: int) -> list[Piece] | None:
    """Return the strings of a JSON array with the offsets of each; None where the text is none.

    Raises:
        NotStringsError: the text is a JSON array of other things.
    """
    start = _skip(text, start, end, SPACES)
    if not text.startswith("[", start, end):
        return None
    found = _array(text, start + 1, end)
    if found is None and _is_json_array(text[start:end]):
        raise NotStringsError
    return found


def _array(text: str, at: int, end: int) -> list[Piece] | None:
    found: list[Piece] = []
    at = _blanks(text, at, end)
    if text.startswith("]", at, end):
        return found if _blanks(text, at + 1, end) == end else None
    while match := _STRING.match(text, at, end):
        found.append(Piece(_decoded(match[0]), match.start(), match.end()))
        at = _blanks(text, match.end(), end)
        if text.startswith("]", at, end):
            return found if _blanks(text, at + 1, end) == end else None
        if not text.startswith(",", at, end):
            return None
        at = _blanks(text, at + 1, end)
    return None


def _blanks(text: str, at: int, end: int) -> int:
    match = _JSON_BLANKS.match(text, at, end)
    return match.end() if match else at


def _decoded(literal: str) -> str:
    if "\\" not in literal:
        return literal[1:-1]
    value = str(json.loads(literal))
    # A lone surrogate becomes the replacement character, as in Go.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_json_array(text: str) -> bool:
    """Say whether Go would read an array: no NaN, no number beyond a double, not too deep."""
    try:
        value = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_number)
    except ValueError:
        return False
    except RecursionError:
        # Python gives up earlier than Go, which refuses from this depth on.
        return text.count("[") <= _DEEPEST_JSON
    return isinstance(value, list)


def _number(literal: str) -> float:
    value = float(literal)
    if not math.isfinite(value):
        raise ValueError(literal)
    return value
