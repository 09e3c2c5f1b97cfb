"""BuildKit's shell-like lexer: quotes, escapes, variables, and the words that come out of it.

Source: the behaviour of BuildKit's frontend (its `shell` package and test tables) and POSIX's parameter
expansion. Values that are not known stay `Unknown` pieces, so that nobody takes a guess for a fact.
"""

from __future__ import annotations

from collections.abc import Callable

from dockgen.dockerfile import glob
from dockgen.dockerfile.words import Piece, Unknown, Words
from dockgen.regexes import regex

# What means nothing but itself wherever it stands, and is read in one piece; a slash can end a pattern.
_PLAIN_NAME = regex(r"[A-Za-z0-9_.:@=,+%-]+")
_PLAIN = regex(r"[A-Za-z0-9_.:@=,+%/-]+")
_SPECIAL_PARAMETERS = frozenset("@*#?-$!0")
__all__ = ["LexError", "Lexed", "Lexer", "Lookup", "Piece", "Unknown", "no_variables"]

_MODIFIERS = ("+", "-", "?", "#", "%")
_DEEPEST = 60
# Values that name each other double with each line: what one text takes in beyond this, the longest path that
# Linux takes, is not known.
LONGEST_VALUES = 1 << 12


class LexError(Exception):
    """The word is one that BuildKit refuses; the message is the reason."""


Lookup = Callable[[str], str | Unknown | None]


def no_variables(_name: str) -> None:
    """Look up nothing: each variable is unset."""


class Lexed:
    """What a text comes to: its pieces, and its words split on spaces."""

    __slots__ = ("pieces", "words")

    def __init__(self, pieces: list[Piece], words: list[str]) -> None:
        self.pieces, self.words = pieces, words


class Lexer:
    """One pass over one text.

    `raw_quotes` and `raw_escapes` keep the quotes and escapes in the result, `keep_unset` leaves a
    variable without a value as it was written, `plain_quotes` gives quotes no meaning (as in the body of
    a here-document).
    """

    def __init__(
        self,
        text: str,
        lookup: Lookup = no_variables,
        escape: str = "\\",
        *,
        raw_quotes: bool = False,
        raw_escapes: bool = False,
        keep_unset: bool = False,
        plain_quotes: bool = False,
    ) -> None:
        self._text = text.removeprefix("\ufeff")
        self._at = 0
        self._lookup = lookup
        self._escape = escape
        self._raw_quotes = raw_quotes
        self._raw_escapes = raw_escapes
        self._keep_unset = keep_unset
        self._plain_quotes = plain_quotes
        self._buffer: list[str] = []
        self._depth = 0
        self._taken_in = 0
        self.asked: list[str] = []

    def run(self) -> Lexed:
        """Return what the text comes to.

        Raises:
            LexError: a quote or a brace is left open, or a substitution is wrong.
        """
        return self._until("", self._raw_escapes, in_pattern=False)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _next(self) -> str:
        character = self._text[self._at : self._at + 1]
        self._at += 1
        return character

    def _until(self, stop: str, raw_escapes: bool, *, in_pattern: bool) -> Lexed:
        """Read up to `stop` ("" is the end of the text)."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise LexError(f"substitutions are nested more than {_DEEPEST} deep")
        before, self._raw_escapes = self._raw_escapes, raw_escapes
        try:
            return self._read(stop, in_pattern)
        finally:
            self._raw_escapes = before
            self._depth -= 1

    def _read(self, stop: str, in_pattern: bool) -> Lexed:
        # BuildKit keeps one buffer for all levels: a substitution's operand drops the word begun before it.
        self._buffer.clear()
        words = Words(self._buffer)
        pieces: list[Piece] = []
        plain = _PLAIN_NAME if stop == "/" else _PLAIN
        while character := self._peek():
            if character == stop:
                self._at += 1
                return Lexed(pieces, words.finish())
            if run := plain.match(self._text, self._at):
                self._at = run.end()
                words.add_whole([run[0]])
                pieces.append(run[0])
            elif character == "$":
                value = self._dollar()
                words.add_split(value)
                pieces += value
            elif character == "<":
                written = self._possible_heredoc()
                words.add_whole([written])
                pieces.append(written)
            elif character in "'\"" and not self._plain_quotes:
                value = self._single(in_pattern) if character == "'" else self._double(in_pattern)
                words.add_whole(value)
                pieces += value
            else:
                self._plain(words, pieces)
        if stop:
            raise LexError(f"no matching {stop}")
        return Lexed(pieces, words.finish())

    def _plain(self, words: Words, pieces: list[Piece]) -> None:
        character = self._next()
        if character != self._escape:
            words.add(character)
            pieces.append(character)
            return
        if self._raw_escapes:
            words.add_whole([character])
            pieces.append(character)
        escaped = self._next()
        if escaped:
            words.add_whole([escaped])
            pieces.append(escaped)

    def _single(self, in_pattern: bool) -> list[Piece]:
        start = self._at + 1
        end = self._text.find("'", start)
        if end < 0:
            self._at = len(self._text)
            raise LexError("no matching single quote")
        self._at = end + 1
        inside = self._text[start:end]
        if in_pattern:
            inside = inside.replace(self._escape, self._escape * 2)
        return [f"'{inside}'" if self._raw_quotes else inside]

    def _double(self, in_pattern: bool) -> list[Piece]:
        pieces: list[Piece] = [self._next()] if self._raw_quotes else []
        self._at += not self._raw_quotes
        while character := self._peek():
            if character == '"':
                self._at += 1
                return [*pieces, '"'] if self._raw_quotes else pieces
            if character == "$":
                pieces += self._dollar()
                continue
            self._at += 1
            if character == self._escape:
                following = self._peek()
                if not following:
                    continue
                if following in ('"', "$", self._escape):
                    pieces += [character] if self._raw_escapes else []
                    character = self._next()
                elif self._raw_escapes and (not self._raw_quotes or in_pattern):
                    pieces.append(character)
            pieces.append(character)
        raise LexError("no matching double quote")

    def _possible_heredoc(self) -> str:
        self._at += 1
        if self._peek() != "<":
            return "<"
        start = self._at
        self._at += 1
        while self._peek() and self._peek() in "\t\r ":
            self._at += 1
        return "<" + self._text[start : self._at]

    def _name(self) -> str:
        start = self._at
        first = self._peek()
        if first.isdecimal():
            while self._peek().isdecimal():
                self._at += 1
        elif first in _SPECIAL_PARAMETERS:
            self._at += 1
        else:
            while (character := self._peek()) and (
                character.isalpha() or character.isdecimal() or character == "_"
            ):
                self._at += 1
        return self._text[start : self._at]

    def _value(self, name: str) -> str | Unknown | None:
        self.asked.append(name)
        value = self._lookup(name)
        return self._bounded(name, value) if isinstance(value, str) else value

    def _bounded(self, name: str, value: str) -> str | Unknown:
        self._taken_in += len(value)
        return value if self._taken_in <= LONGEST_VALUES else Unknown(name)

    def _dollar(self) -> list[Piece]:
        self._at += 1
        if self._peek() == "{":
            self._at += 1
            return self._braces()
        name = self._name()
        if not name:
            return ["$"]
        value = self._value(name)
        if value is None:
            return ["$" + name] if self._keep_unset else []
        return [value]

    def _braces(self) -> list[Piece]:
        following = self._peek()
        if not following:
            raise LexError("a closing brace is missing")
        if following in "{}:":
            raise LexError("bad substitution")
        name = self._name()
        operator = self._next()
        if operator == "}":
            value = self._value(name)
            if value is None:
                return [f"${{{name}}}"] if self._keep_unset else []
            return [value]
        if operator == "/":
            return self._replace(name)
        if operator == ":":
            operator += self._next()
        elif operator not in _MODIFIERS:
            raise LexError(f"unsupported modifier ({operator}) in substitution")
        return self._modify(name, operator)

    def _modify(self, name: str, operator: str) -> list[Piece]:
        kind = operator[-1:]
        in_pattern = kind in ("#", "%")
        if in_pattern and len(operator) == 2:
            raise LexError(f"unsupported modifier ({operator}) in substitution")
        word = self._until("}", in_pattern, in_pattern=in_pattern).pieces
        value = self._value(name)
        if value is None and self._keep_unset:
            return [f"${{{name}{operator}", *word, "}"]
        if kind not in _MODIFIERS:
            raise LexError(f"unsupported modifier ({operator}) in substitution")
        if isinstance(value, Unknown):
            return [value]
        if in_pattern:
            return self._trim(value or "", word, kind)
        given = value is not None and not (value == "" and len(operator) == 2)
        if kind == "?" and not given:
            raise LexError(f"{name} is not allowed to be {'unset' if value is None else 'empty'}")
        if kind == "+":
            return word if given else []
        return [value or ""] if given or kind == "?" else word

    def _trim(self, value: str, word: list[Piece], kind: str) -> list[Piece]:
        pattern = _text_of(word)
        if isinstance(pattern, Unknown):
            return [pattern]
        longest = pattern.startswith(kind)
        tokens = _tokens(pattern[1:] if longest else pattern)
        trimmed = (
            glob.trim_start(value, tokens, longest=longest)
            if kind == "#"
            else glob.trim_end(value, tokens, longest=longest)
        )
        return [Unknown("pattern") if trimmed is None else trimmed]

    def _replace(self, name: str) -> list[Piece]:
        everywhere = self._peek() == "/"
        self._at += everywhere
        pattern = _text_of(self._until("/", True, in_pattern=True).pieces)
        replacement = _text_of(self._until("}", True, in_pattern=False).pieces)
        value = self._value(name)
        if value is None and self._keep_unset and isinstance(pattern, str) and isinstance(replacement, str):
            # One slash even for `//`, as BuildKit writes it back.
            return [f"${{{name}/{pattern}/{replacement}}}"]
        tokens = _tokens(pattern) if isinstance(pattern, str) else None
        for piece in (value, pattern, replacement):
            if isinstance(piece, Unknown):
                return [piece]
        assert tokens is not None and isinstance(replacement, str)  # noqa: S101
        changed = glob.replace(str(value or ""), tokens, replacement, everywhere=everywhere)
        return [Unknown("pattern") if changed is None else self._bounded(name, changed)]


def _text_of(pieces: list[Piece]) -> str | Unknown:
    for piece in pieces:
        if isinstance(piece, Unknown):
            return piece
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _tokens(pattern: str) -> list[str]:
    try:
        return glob.tokens(pattern)
    except ValueError as error:
        raise LexError(f"invalid pattern ({pattern}) in substitution: {error}") from error
