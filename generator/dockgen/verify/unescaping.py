"""A text as it is and as it was before it was escaped, each with the place in the text of every character.

Programs write what they were given as they like: `repr` and JSON with backslashes, shells with quotes,
addresses with percent signs, pages with entities, one around the other. Sources: json.org, docs.python.org
(string literals), pubs.opengroup.org (shell quoting), RFC 3986, html.spec.whatwg.org (forms, references).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from dockgen.regexes import regex
from dockgen.verify.safe_text import CUT

DEPTH = 2
"""How many escapes are undone that stand around one another."""

_SIMPLE = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "a": "\a",
    "0": "\0",
    "e": "\x1b",
}
_HEX = "[0-9A-Fa-f]"
# An escape that was cut stands for nothing.
_CUT_SHORT = rf"\\(?:[xuU]{_HEX}{{0,7}}|[0-3][0-7]?)?(?={CUT})"
# One character in UTF-8, of which each byte is escaped: for bytes so, for texts each is a character.
_BYTES = (
    rf"(?P<bytes>\\x[c-dC-D]{_HEX}\\x[89abAB]{_HEX}|\\x[eE]{_HEX}(?:\\x[89abAB]{_HEX}){{2}}"
    rf"|\\x[fF]{_HEX}(?:\\x[89abAB]{_HEX}){{3}})"
    r"|(?P<octets>\\3[0-3][0-7]\\2[0-7]{2}|\\34[0-7](?:\\2[0-7]{2}){2}|\\35[0-7](?:\\2[0-7]{2}){2}"
    r"|\\36[0-7](?:\\2[0-7]{2}){3})"
)
_LETTERS = (
    rf"(?P<pair>\\u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}})"
    rf"|\\(?:x(?P<x>{_HEX}{{2}})|u(?P<u>{_HEX}{{4}})|U(?P<U>{_HEX}{{8}})|u\{{(?P<braced>{_HEX}{{1,6}})\}}"
    r"|(?P<octal>[0-3][0-7]{2})|(?P<other>.))"
)
_BYTES_ESCAPED = regex(rf"{_CUT_SHORT}|{_BYTES}|{_LETTERS}", re.DOTALL)
_LETTERS_ESCAPED = regex(rf"{_CUT_SHORT}|(?P<bytes>(?P<octets>(?!)))|{_LETTERS}", re.DOTALL)
_QUOTED = regex(r"""(?P<single>'\\''|'"'"')|(?P<double>"'"'")|\\(?P<escaped>["$`\\!])|\\\n""")
_PERCENT = (
    r"%[C-Dc-d]H%[89ABab]H|%[Ee]H(?:%[89ABab]H){2}|%[Ff]H(?:%[89ABab]H){3}|%HH".replace("H", _HEX)
    + rf"|%{_HEX}?(?={CUT})"
)
_PERCENTED = regex(_PERCENT)
_FORMED = regex(rf"{_PERCENT}|\+")
_ENTITY = regex(rf"&(?:#[0-9]{{1,7}}|#[xX]{_HEX}{{1,6}}|amp|lt|gt|quot|apos);|&[#\w]{{0,7}}(?={CUT})")


@dataclass(frozen=True, slots=True)
class View:
    """A text, unescaped, and where each of its characters and its end lie in the text as it is."""

    text: str
    places: Sequence[int]

    def undone(self, escape: re.Pattern[str], meaning: Callable[[re.Match[str]], str]) -> View:
        """Return the view with each escape as the one character that it means, or none."""
        parts, places, at = list[str](), list[int](), 0
        for match in escape.finditer(self.text):
            letter = meaning(match)[:1]
            parts += self.text[at : match.start()], letter
            places += self.places[at : match.start()]
            places += [self.places[match.start()]] * len(letter)
            at = match.end()
        return View("".join([*parts, self.text[at:]]), [*places, *self.places[at:]])


def views(text: str) -> Iterator[View]:
    """Yield the text as it is, then what it says with escapes undone, each text once."""
    level, seen = [View(text, range(len(text) + 1))], {text}
    yield level[0]
    for _ in range(DEPTH):
        undone = [
            view.undone(escape, meaning)
            for view in level
            for sign, escape, meaning in _ESCAPES
            if sign in view.text
        ]
        level = [*{view.text: view for view in reversed(undone) if view.text not in seen}.values()]
        seen |= {view.text for view in level}
        yield from level


def _backslashed(match: re.Match[str]) -> str:
    if match["bytes"]:
        return _decoded(bytes.fromhex(match["bytes"].replace("\\x", "")))
    if match["octets"]:
        return _decoded(bytes(int(octet, 8) for octet in match["octets"].split("\\")[1:]))
    if match["pair"]:
        return bytes.fromhex(match["pair"].replace("\\u", "")).decode("utf-16-be", errors="replace")
    number = match["x"] or match["u"] or match["U"] or match["braced"]
    if number or match["octal"]:
        code = int(number, 16) if number else int(match["octal"], 8)
        return chr(code) if code <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    other = match["other"] or ""
    return _SIMPLE.get(other, "" if other == "\n" else other)


def _quoted(match: re.Match[str]) -> str:
    return "'" if match["single"] else '"' if match["double"] else match["escaped"] or ""


def _percented(match: re.Match[str]) -> str:
    return _decoded(unquote_to_bytes(match[0])) if len(match[0]) > 2 else ""


def _formed(match: re.Match[str]) -> str:
    return " " if match[0] == "+" else _percented(match)


def _entity(match: re.Match[str]) -> str:
    return html.unescape(match[0]) if match[0].endswith(";") else ""


def _decoded(data: bytes) -> str:
    return data.decode(errors="replace")


_ESCAPES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("\\", _BYTES_ESCAPED, _backslashed),
    ("\\x", _LETTERS_ESCAPED, _backslashed),
    ("'", _QUOTED, _quoted),
    ("\\", _QUOTED, _quoted),
    ("%", _PERCENTED, _percented),
    ("+", _FORMED, _formed),
    ("&", _ENTITY, _entity),
)
