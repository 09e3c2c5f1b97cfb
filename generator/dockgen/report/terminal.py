"""Text of unknown origin, made safe and aligned for a terminal."""

from __future__ import annotations

import os
import unicodedata
from typing import TextIO

from dockgen.regexes import regex

_TAB = 4
_CODE = regex("\x1b\\[[0-9;]*m")
_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
}


def wants_colour(stream: TextIO) -> bool:
    """Return whether colours suit the stream: a terminal, no NO_COLOR, no dumb TERM."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns_of(stream: TextIO) -> int | None:
    """Return the width of the terminal that the stream writes to, or COLUMNS; None where it is none."""
    import shutil

    return shutil.get_terminal_size().columns if stream.isatty() else None


def painted(text: str, style: str, *, colour: bool) -> str:
    """Return the text in one of the styles, if colours are wanted."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour and text else text


def printable(text: str) -> str:
    """Return the text with tabs as blanks and without what a terminal would obey or reorder."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\t":
        return " " * _TAB
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in _CONTROLS else character


_CONTROLS = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def wrapped(text: str, columns: int, indent: int) -> list[str]:
    """Return a line broken at its blanks to fit a terminal; what follows the first part is indented.

    Colours take no columns. A word that is too long by itself is left whole.
    """
    lead = text[: len(text) - len(text.lstrip(" "))]
    lines, line = [], lead
    for word in text.split(" ")[len(lead) :]:
        longer = line + word if line.strip(" ") == "" else f"{line} {word}"
        if width(_CODE.sub("", longer)) > columns and line.strip(" "):
            lines.append(line.rstrip(" "))
            longer = " " * indent + word
        line = longer
    return [*lines, line.rstrip(" ")]


def width(text: str) -> int:
    """Return how many columns printable text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
