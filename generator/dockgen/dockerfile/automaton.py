"""Matching without backtracking: all the places in a pattern that a path can have reached, as bits."""

from __future__ import annotations

import enum
import re
from typing import NamedTuple


class Kind(enum.Enum):
    """What a token of a pattern takes."""

    ONE = enum.auto()  # one character, by its regular expression
    START = enum.auto()  # the start of the path
    NAME = enum.auto()  # any characters but slashes
    FOLDERS = enum.auto()  # nothing, or any folders with their slash
    ALL = enum.auto()  # anything


class Token(NamedTuple):
    """A part of a pattern and the same as a regular expression."""

    kind: Kind
    regex: str


class Automaton:
    """A pattern's tokens, ready to match in time proportional to the path.

    Bit n stands for "in front of token n"; the bit behind the last token is the match.
    """

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._ones = [
            (1 << n, re.compile(t.regex, re.ASCII)) for n, t in enumerate(tokens) if t.kind is Kind.ONE
        ]
        self._names = _bits(tokens, Kind.NAME)
        self._folders = _bits(tokens, Kind.FOLDERS)
        self._alls = _bits(tokens, Kind.ALL)
        self._starts = _bits(tokens, Kind.START)
        self._end = 1 << len(tokens)
        self._taken: dict[str, int] = {}

    def matches(self, path: str) -> bool:
        """Say whether the whole path matches."""
        optional = self._names | self._folders | self._alls
        places = _opened(1, optional | self._starts)
        inside = 0
        for character in path:
            stay = self._alls if character != "\n" else 0
            stay |= self._names if character != "/" else 0
            inside = inside | (places & self._folders) if character != "\n" else 0
            moved = places & self._taking(character)
            if character == "/":
                moved |= inside
            places = _opened((places & stay) | (moved << 1), optional)
        return bool(places & self._end)

    def _taking(self, character: str) -> int:
        """Return the tokens that take a character."""
        taken = self._taken.get(character)
        if taken is None:
            taken = self._taken[character] = sum(bit for bit, regex in self._ones if regex.match(character))
        return taken


def _bits(tokens: tuple[Token, ...], kind: Kind) -> int:
    return sum(1 << number for number, token in enumerate(tokens) if token.kind is kind)


def _opened(places: int, optional: int) -> int:
    """Add the places that are reached without a character."""
    while (more := places | ((places & optional) << 1)) != places:
        places = more
    return places
