"""JSON and JSON with comments, with the line of each key."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from dockgen.project.document import MAX_ADDRESS, Document, malformed
from dockgen.project.keypath import Address
from dockgen.regexes import regex

MAX_TOKENS = 200_000
_STRING = r'"(?:[^"\\]|\\.)*"'
_COMMENT = regex(rf"(?P<string>{_STRING})|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TRAILING_COMMA = regex(rf"(?P<string>{_STRING})|,(?=\s*[\]}}])", re.DOTALL)
_TOKEN = regex(rf"{_STRING}|[{{}}\[\]:,\n]|[^\s{{}}\[\]:,\"]+", re.DOTALL)


def parse_json(text: str, path: str) -> Document:
    """Return the document of a JSON text; raises ProjectError with the line of the mistake."""
    try:
        data = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise malformed(path, error.lineno, "JSON", error.msg) from error
    except RecursionError as error:
        raise malformed(path, None, "JSON", "it is nested too deeply") from error
    except ValueError as error:
        raise malformed(path, None, "JSON", "it holds a number that is too long") from error
    return Document(data, lambda: key_lines(text))


def parse_jsonc(text: str, path: str) -> Document:
    """Return the document of a JSON text that may hold comments and trailing commas."""
    return parse_json(_TRAILING_COMMA.sub(_blanked, _COMMENT.sub(_blanked, text)), path)


def _blanked(match: re.Match[str]) -> str:
    """Return a string as it is; anything else as its line breaks, so that lines keep their numbers."""
    return match["string"] or " " + "\n" * match[0].count("\n")


def key_lines(text: str) -> Mapping[Address, int]:
    """Return the line of each key and list item of a valid JSON text; of equal keys, the last one counts."""
    lines: dict[Address, int] = {}
    address: list[str | int] = []
    line = 1
    is_key = False
    for count, token in enumerate(_TOKEN.finditer(text)):
        word = token[0]
        if count > MAX_TOKENS:
            break
        if word == "\n":
            line += 1
            continue
        if word in "]}":
            address.pop()
        elif word == ",":
            is_key = isinstance(address[-1], str)
            if not is_key:
                address[-1] = int(address[-1]) + 1
        elif word != ":":
            _place(word, address, is_key, line, lines)
            is_key = word == "{"
            if word in "{[":
                address.append("" if is_key else 0)
    return lines


def _place(word: str, address: list[str | int], is_key: bool, line: int, lines: dict[Address, int]) -> None:
    """Note a key, or an item of a list; the value of a key belongs to the key's line."""
    if is_key:
        address[-1] = json.loads(word, strict=False)
    if len(address) <= MAX_ADDRESS and (is_key or (address and isinstance(address[-1], int))):
        lines[tuple(address)] = line
