"""One pattern of an ignore file: moby's mix of Go's filepath.Match and its own `**`.

Source: the behaviour of github.com/moby/patternmatcher on Linux, quirks included: `**name` matches any
path that ends in `name`, `[^a]` matches a slash, `^` outside brackets anchors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from dockgen.dockerfile.automaton import Automaton, Kind, Token
from dockgen.regexes import regex

# Above this many steps of a regular expression, the pattern is matched without backtracking.
_MOST_STEPS = 1_000_000
_WILD = regex(r"[*?\[\]\\]")
_NAME = regex(r"(?P<deep>\*\*/)?(?P<before>[^*?\[\]\\^/]*)\*(?P<after>[^*?\[\]\\^/]*)")
# Classes and control characters of Go's regular expressions.
_ESCAPES = frozenset("dDsSwWafnrtv")


class BadPatternError(ValueError):
    """A pattern that BuildKit refuses."""


_REGEX = {Kind.START: r"\A", Kind.NAME: "[^/]*", Kind.FOLDERS: "(?:.*/)?", Kind.ALL: ".*"}


class Pattern:
    """A compiled pattern; `plain` is Go's filepath.Match alone, where `**` is `*` and `^` is itself.

    Raises:
        BadPatternError: BuildKit refuses the pattern.
    """

    def __init__(self, text: str, *, plain: bool = False) -> None:
        self.text = text
        self.tokens: tuple[Token, ...] = ()
        self._prefix: str | None = None
        self._suffix: str | None = None
        self._name: re.Match[str] | None = None
        if plain:
            self._compile(plain=True)
        elif text.startswith("**") and not _WILD.search(text, 2):
            self._suffix = text[2:]
        elif text.endswith("**") and not _WILD.search(text[:-2]):
            self._prefix = text[:-2]
        elif _WILD.search(text):
            # Most are a name with one star: compiling an expression for each would cost milliseconds a run.
            self._name = _NAME.fullmatch(text)
            if not self._name:
                self._compile(plain=False)

    def _compile(self, *, plain: bool) -> None:
        self.tokens = tuple(_once(_tokens(self.text, plain)))
        self._regex = _compiled("".join(token.regex for token in self.tokens))
        self._choices = sum(token.kind not in (Kind.ONE, Kind.START) for token in self.tokens)

    @cached_property
    def _automaton(self) -> Automaton:
        return Automaton(self.tokens)

    @cached_property
    def static_prefix(self) -> str:
        """What each path that matches begins with, up to a whole folder; "" where nothing is sure."""
        wild = _WILD.search(self.text)
        return self.text[: wild.start()].rpartition("/")[0] if wild else self.text

    def matches(self, path: str) -> bool:
        """Say whether the pattern matches a path itself; folders above are the caller's matter."""
        if self.tokens:
            if len(path) ** max(self._choices, 1) <= _MOST_STEPS:
                return self._regex.fullmatch(path) is not None
            return self._automaton.matches(path)
        if self._name:
            return _fits(path, *self._name.group("deep", "before", "after"))
        if self._prefix is not None:
            return path.startswith(self._prefix)
        if self._suffix is not None:
            return path.endswith(self._suffix) or (self._suffix[:1] == "/" and path == self._suffix[1:])
        return path == self.text


def _fits(path: str, deep: str | None, before: str, after: str) -> bool:
    """Say whether a path is such a name, in any folder where it is `deep`; those take no newline."""
    folder, slash, name = path.rpartition("/")
    if slash and (not deep or "\n" in folder):
        return False
    return len(name) >= len(before) + len(after) and name.startswith(before) and name.endswith(after)


def _tokens(text: str, plain: bool) -> Iterator[Token]:
    at = 0
    while at < len(text):
        character = text[at]
        if character == "[":
            end = _bracket_end(text, at)
            yield Token(Kind.ONE, _bracket(text[at + 1 : end - 1], plain))
            at = end
            continue
        at += 1
        if character == "*" and plain:
            yield _fixed(Kind.NAME)
        elif character == "*" and text.startswith("*", at):
            at += 2 if text.startswith("/", at + 1) else 1
            yield _fixed(Kind.FOLDERS if at < len(text) else Kind.ALL)
        elif character == "*":
            yield _fixed(Kind.NAME)
        elif character == "?":
            yield Token(Kind.ONE, "[^/]")
        elif character == "^" and not plain:
            yield _fixed(Kind.START)
        elif character == "\\":
            yield Token(Kind.ONE, _escaped(text[at : at + 1], plain))
            at += 1
        else:
            yield Token(Kind.ONE, re.escape(character))


def _once(tokens: Iterable[Token]) -> Iterator[Token]:
    """Leave out a repetition that takes no more than the one before it: a hostile row would cost time."""
    before: Token | None = None
    for token in tokens:
        if token.kind is Kind.ONE or token != before:
            yield token
        before = token


def _fixed(kind: Kind) -> Token:
    return Token(kind, _REGEX[kind])


def _escaped(character: str, plain: bool) -> str:
    """Return what a backslash and a character mean: moby hands both to Go's regular expressions."""
    if not character:
        raise BadPatternError("syntax error in pattern: a backslash at the end")
    if not plain and character in _ESCAPES:
        return "\\" + character
    if not plain and (character.isalnum() or not character.isascii()):
        raise BadPatternError(f"\\{character} is not understood")
    return re.escape(character)


def _bracket_end(text: str, start: int) -> int:
    """Return where a bracket expression ends, by the rules of Go's filepath.Match, which checks it."""
    at = start + 1 + text.startswith("^", start + 1)
    first = True
    while first or text[at : at + 1] != "]":
        at = _bound(text, at)
        if text.startswith("-", at):
            at = _bound(text, at + 1)
        first = False
    return at + 1


def _bound(text: str, at: int) -> int:
    """Return where one bound of a range ends."""
    character = text[at : at + 1]
    if character in ("", "-", "]"):
        raise BadPatternError("syntax error in pattern: a bracket is left open, empty or has a wrong range")
    at += 2 if character == "\\" else 1
    if at >= len(text):
        raise BadPatternError("syntax error in pattern: a bracket is left open")
    return at


def _bracket(inside: str, plain: bool) -> str:
    negated = "^" if inside.startswith("^") else ""
    parts: list[str] = []
    at = len(negated)
    while at < len(inside):
        character = inside[at]
        at += 1
        if character in "*?[" and not plain:
            raise BadPatternError("a wildcard inside brackets is not understood")
        if character == "\\":
            parts.append(_escaped(inside[at], plain))
            at += 1
        else:
            parts.append(character if character == "-" else re.escape(character))
    return f"[{negated}{''.join(parts)}]"


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    try:
        return re.compile(regex, re.ASCII)
    except re.error as error:
        raise BadPatternError(f"syntax error in pattern: {error}") from error
