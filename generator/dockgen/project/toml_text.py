"""TOML (https://toml.io/en/v1.0.0) with the line of each key and list item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from dockgen.project.document import MAX_ADDRESS, Document, malformed
from dockgen.project.keypath import Address
from dockgen.regexes import regex

MAX_TOKENS = 200_000
_TOKEN = regex(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|\n|[][{}=,.]|[^][{}=,.\s"'\#]+''',
    re.DOTALL,
)
# The standard library's parser takes quadratic time for a key of that many parts.
_LONG_KEY = regex(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""")


def parse_toml(text: str, path: str) -> Document:
    """Return the document of a TOML text; raises ProjectError with the line of the mistake."""
    import tomllib

    if text.count(".") > 500 and (key := _LONG_KEY.search(text)):
        line = text.count("\n", 0, key.start()) + 1
        raise malformed(path, line, "TOML", "a dotted key of more than 20 parts")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        reason = str(error).partition(" (at ")[0]
        number = (
            int(place[1]) if place else (text.count("\n") + 1 if "end of document" in str(error) else None)
        )
        raise malformed(path, number, "TOML", reason) from error
    except RecursionError as error:
        raise malformed(path, None, "TOML", "it is nested too deeply") from error
    except ValueError as error:
        raise malformed(path, None, "TOML", "it holds a number or date that is out of range") from error
    return Document(data, lambda: key_lines(text))


class _Locator:
    """Finds the lines of keys in a text that is known to be valid TOML."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Address, int] = {}
        self._line = 1
        self._tokens = self._read(text)
        self._table: Address = ()
        self._items: dict[Address, int] = {}
        self._word = ""
        self._advance()
        while self._word:
            self._statement()

    def _read(self, text: str) -> Iterator[str]:
        for match in islice(_TOKEN.finditer(text), MAX_TOKENS):
            word = match[0]
            if word[0] != "#":
                yield word
            self._line += word.count("\n")

    def _advance(self) -> str:
        """Step to the next token, and return the one that was left."""
        left = self._word
        self._word = next(self._tokens, "")
        return left

    def _skip_lines(self) -> None:
        while self._word == "\n":
            self._advance()

    def _statement(self) -> None:
        if self._word == "\n":
            self._advance()
        elif self._word == "[":
            self._header()
        else:
            self._pair(self._table, "=")

    def _header(self) -> None:
        line = self._line
        self._advance()
        is_array = self._word == "["
        if is_array:
            self._advance()
        keys = self._keys("]")
        while self._word == "]":
            self._advance()
        self._table = self._resolved(keys, is_array)
        self._note(self._table, line)

    def _resolved(self, keys: list[str], is_array: bool) -> Address:
        """Return the address of a table: each name of a table array stands for its latest item."""
        address: Address = ()
        for index, key in enumerate(keys):
            address = (*address, key)
            if is_array and index == len(keys) - 1:
                self._items[address] = self._items.get(address, -1) + 1
            if address in self._items:
                address = (*address, self._items[address])
        return address

    def _keys(self, end: str) -> list[str]:
        keys: list[str] = []
        while self._word and self._word != end:
            word = self._advance()
            if word != ".":
                keys.append(_unquoted(word))
        return keys

    def _pair(self, table: Address, end: str) -> None:
        line = self._line
        address = (*table, *self._keys(end))
        self._advance()
        self._note(address, line, len(table))
        self._value(address)

    def _note(self, address: Address, line: int, known: int = 0) -> None:
        for length in range(known + 1, min(len(address), MAX_ADDRESS) + 1):
            self.lines.setdefault(address[:length], line)

    def _value(self, address: Address) -> None:
        if self._word == "[":
            self._array(address)
        elif self._word == "{":
            self._inline_table(address)
        else:
            # Dates and numbers with a point come as several tokens.
            while self._word and self._word not in ("\n", ",", "]", "}"):
                self._advance()

    def _array(self, address: Address) -> None:
        self._advance()
        index = 0
        self._skip_lines()
        while self._word and self._word != "]":
            item = (*address, index)
            if len(item) <= MAX_ADDRESS:
                self.lines[item] = self._line
            self._value(item)
            index += 1
            self._skip_separators()
        self._advance()

    def _inline_table(self, address: Address) -> None:
        self._advance()
        self._skip_separators()
        while self._word and self._word != "}":
            self._pair(address, "=")
            self._skip_separators()
        self._advance()

    def _skip_separators(self) -> None:
        while self._word in ("\n", ","):
            self._advance()


def _unquoted(word: str) -> str:
    """Return a key's name; escapes in quoted keys are rare enough to be left as they are."""
    return word[1:-1] if word[0] in "\"'" else word


def key_lines(text: str) -> Mapping[Address, int]:
    """Return the line of each key, table and list item of a valid TOML text."""
    return _Locator(text).lines
