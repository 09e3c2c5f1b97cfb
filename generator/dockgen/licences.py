"""Which texts are licence expressions of SPDX.

Source: the SPDX specification (annex D, licence expressions) and its list of licences, in spdx.txt.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from dockgen.regexes import regex

_LICENCE_WORD = regex(r"\(|\)|[^\s()]+")


@cache
def _licences() -> frozenset[str]:
    text = (Path(__file__).parent / "spdx.txt").read_text(encoding="utf-8")
    return frozenset(line.strip().lower() for line in text.splitlines() if not line.startswith("#"))


def is_licence_expression(value: str) -> bool:
    """Return whether the text is an SPDX licence expression of known licences."""
    words = _LICENCE_WORD.findall(value)
    try:
        # The reader calls itself for a parenthesis: no honest expression is as long as its own stack allows.
        rest = _expression(words) if len(words) <= 100 else words
    except (IndexError, ValueError):
        return False
    return not rest


def _expression(words: list[str]) -> list[str]:
    """Read `term (AND|OR term)*` and return what is left; ValueError or IndexError where it is none."""
    rest = _term(words)
    while rest and rest[0].upper() in {"AND", "OR"}:
        rest = _term(rest[1:])
    return rest


def _term(words: list[str]) -> list[str]:
    first, rest = words[0], words[1:]
    if first == "(":
        rest = _expression(rest)
        if rest[0] != ")":
            raise ValueError(first)
        return rest[1:]
    if not _is_licence(first):
        raise ValueError(first)
    if rest and rest[0].upper() == "WITH":
        if not re.fullmatch(r"[A-Za-z0-9.-]+", rest[1]):
            raise ValueError(rest[1])
        return rest[2:]
    return rest


def _is_licence(word: str) -> bool:
    own = re.fullmatch(r"(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+", word)
    name = word.lower()
    return (
        bool(own)
        or name in {"none", "noassertion"}
        or name in _licences()
        or name.removesuffix("+") in _licences()
    )
