"""What the words of a shell script come to when quotes and escapes are taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dockgen.regexes import regex

if TYPE_CHECKING:
    from tree_sitter import Node

_ESCAPE = regex(r"\\(.)", re.DOTALL)
_ESCAPE_IN_QUOTES = regex(r'\\([$`"\\\n])')
_LITERAL = frozenset({"word", "number", "variable_name", "special_variable_name", "test_operator", "regex"})
_JOINED = frozenset({"string", "concatenation", "variable_assignment"})
_DEEPEST = 40


class Text:
    """A script's text, as the bytes that the grammar reads and as the characters that we count."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.encoded = text.encode("utf-8", "surrogatepass")
        self._places = None if text.isascii() else _places(text)

    def bounds(self, node: Node) -> tuple[int, int]:
        """Return where a node begins and ends, in characters."""
        if self._places is None:
            return node.start_byte, node.end_byte
        return self._places[node.start_byte], self._places[node.end_byte]

    def of(self, node: Node) -> str:
        """Return what is written in a node."""
        start, end = self.bounds(node)
        return self._text[start:end]

    def value(self, node: Node, depth: int = 0) -> tuple[str, bool]:
        """Return what a node comes to, and whether that is sure: it holds no expansion."""
        kind = node.type
        written = self.of(node)
        if kind == "raw_string":
            return written[1:-1], True
        if kind == "heredoc_body":
            return written, not any(child.type != "heredoc_content" for child in node.children)
        if kind in _JOINED and depth < _DEEPEST:
            return self._joined(node, depth)
        if kind == "string_content":
            return _ESCAPE_IN_QUOTES.sub(_unescaped, written), True
        if kind in _LITERAL or not node.is_named:
            return (_ESCAPE.sub(_unescaped, written) if "\\" in written else written), True
        return written, False

    def _joined(self, node: Node, depth: int) -> tuple[str, bool]:
        """Join the values of the children, and what stands between them, without the quotes around."""
        children = node.children
        inside = node.type == "string"
        start, end = self.bounds(node)
        pieces: list[str] = []
        static = True
        at = start
        for child in children:
            begin, stop = self.bounds(child)
            between = self._text[at:begin]
            pieces.append(_ESCAPE_IN_QUOTES.sub(_unescaped, between) if inside else between)
            at = stop
            if inside and child.type == '"':
                continue
            text, sure = self.value(child, depth + 1)
            pieces.append(text)
            static = static and sure
        return "".join(pieces) + self._text[at:end], static


def _unescaped(match: re.Match[str]) -> str:
    return "" if match[1] == "\n" else match[1]


def _places(text: str) -> list[int]:
    """Return the index of the character that each byte belongs to, and one more for the end."""
    places: list[int] = []
    for index, character in enumerate(text):
        places += [index] * len(character.encode("utf-8", "surrogatepass"))
    return [*places, len(text)]
