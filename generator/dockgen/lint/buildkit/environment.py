"""The variables that an instruction sees, and what a word comes to with them.

Three-valued: a variable is set to a known value, set to one that only the build knows, or not set.
Source: https://docs.docker.com/reference/dockerfile/#environment-replacement
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dockgen.dockerfile.lexer import Lexer, LexError, Piece, Unknown
from dockgen.dockerfile.model import Instruction
from dockgen.lint.buildkit.variables import Value, Variables
from dockgen.records import record, replace
from dockgen.regexes import regex

# Most words hold nothing to expand, to unquote or to split.
_PLAIN = regex(r"[A-Za-z0-9_./:@%+=,*?!#&()>;^{|}~\[\]-]+")


@record
class Expansion:
    """What a word comes to; `unset` names the variables that it asked for in vain, `used` the others."""

    pieces: tuple[Piece, ...]
    words: tuple[str, ...]
    used: tuple[str, ...]
    unset: tuple[str, ...]

    @property
    def text(self) -> str | None:
        """The whole text; None where a part is known to the build only."""
        known = [piece for piece in self.pieces if isinstance(piece, str)]
        return "".join(known) if len(known) == len(self.pieces) else None

    @property
    def beginning(self) -> str | None:
        """The text before the first unknown part; None where that is empty though the text is not."""
        known: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Unknown):
                return "".join(known) or None
            known.append(piece)
        return "".join(known)


@record
class Environment:
    """What is set when an instruction is reached: the stage's variables at one of its steps.

    `inherited` returns the names that the base image may set; None where nobody knows them: then any
    variable may have a value.
    """

    variables: Variables
    step: int = 0
    escape: str = "\\"
    inherited: Callable[[], frozenset[str] | None] = frozenset

    def expand(self, word: str, *, heredoc: bool = False) -> Expansion | None:
        """Return what a word comes to; None where BuildKit refuses it."""
        if _PLAIN.fullmatch(word):
            return Expansion((word,), (word,), (), ())
        lexer = Lexer(word, self._lookup, "\\" if heredoc else self.escape, plain_quotes=heredoc)
        try:
            lexed = lexer.run()
        except LexError:
            return None
        asked = dict.fromkeys(lexer.asked)
        unset = tuple(name for name in asked if self._lookup(name) is None)
        used = tuple(name for name in asked if name not in unset)
        return Expansion(tuple(lexed.pieces), tuple(lexed.words), used, unset)

    def names(self) -> list[str]:
        """Return what is set, the base image's names first."""
        return [*sorted(self.inherited() or ()), *self.variables.names(self.step)]

    def is_declared(self, name: str) -> bool:
        """Return whether an ARG of that name stands before, with or without a value."""
        return self.variables.is_declared(name, self.step)

    def at_argument(self, number: int) -> Environment:
        """Return the environment that an ARG's argument sees: it has a step for each."""
        return replace(self, step=self.step + number)

    def after(self, instruction: Instruction, defaults: Mapping[str, Value]) -> Environment:
        """Take in an instruction; `defaults` are the values of the ARGs before the first FROM."""
        if instruction.keyword == "ENV":
            return self._after_env(instruction)
        if instruction.keyword == "ARG":
            return self._after_arg(instruction, defaults)
        return self

    def _after_env(self, instruction: Instruction) -> Environment:
        results = [(self._result(key.text), value) for key, value in instruction.pairs]
        settings = [(name, self._result(value.text)) for name, value in results if value is not None]
        following = replace(self, step=self.variables.advance())
        for name, value in settings:
            if isinstance(name, str):
                self.variables.put(name, value)
        return following

    def _after_arg(self, instruction: Instruction, defaults: Mapping[str, Value]) -> Environment:
        environment = self
        for key, default in instruction.pairs:
            value = environment._result(default.text) if default else defaults.get(key.text)
            environment = replace(self, step=self.variables.advance())
            self.variables.declare(key.text)
            if value is not None:
                self.variables.put(key.text, value)
        return environment

    def _lookup(self, name: str) -> Value | None:
        value = self.variables.get(name, self.step)
        if value is not None:
            return value
        inherited = self.inherited()
        return Unknown(name) if inherited is None or name in inherited else None

    def _result(self, word: str) -> Value:
        if _PLAIN.fullmatch(word):
            return word
        expansion = self.expand(word)
        text = expansion.text if expansion else None
        return Unknown(word) if text is None else text
