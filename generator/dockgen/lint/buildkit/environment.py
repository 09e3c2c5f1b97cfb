"""The variables that an instruction sees, and what a word comes to with them.

Three-valued: a variable is set to a known value, set to one that only the build knows, or not set.
Source: https://docs.docker.com/reference/dockerfile/#environment-replacement
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dockgen.dockerfile.lexer import Lexer, LexError, Piece, Unknown
from dockgen.dockerfile.model import Instruction

Values = Mapping[str, str | Unknown]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True)
class Environment:
    """What is set when an instruction is reached.

    `declared` are the ARGs declared so far. `inherited` returns the names that the base image may set;
    None where nobody knows them: then any variable may have a value.
    """

    values: Values = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    escape: str = "\\"
    inherited: Callable[[], frozenset[str] | None] = frozenset

    def expand(self, word: str, *, heredoc: bool = False) -> Expansion | None:
        """Return what a word comes to; None where BuildKit refuses it."""
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
        return [*sorted(self.inherited() or ()), *self.values]

    def _lookup(self, name: str) -> str | Unknown | None:
        if name in self.values:
            return self.values[name]
        inherited = self.inherited()
        return Unknown(name) if inherited is None or name in inherited else None

    def after(self, instruction: Instruction, defaults: Values) -> Environment:
        """Return the environment behind an instruction; `defaults` are the ARGs before the first FROM."""
        if instruction.keyword == "ENV":
            return self._with_variables(instruction)
        if instruction.keyword == "ARG":
            return self.with_arguments(instruction, defaults)
        return self

    def _with_variables(self, instruction: Instruction) -> Environment:
        values = dict(self.values)
        for key, value in instruction.pairs:
            name = self._result(key.text)
            if isinstance(name, str) and value is not None:
                _put(values, name, self._result(value.text))
        return self._changed(values, self.declared)

    def with_arguments(
        self, instruction: Instruction, defaults: Values, first: int | None = None
    ) -> Environment:
        """Return the environment behind an ARG's first arguments (None: all); each sees those before it."""
        environment = self
        for key, value in instruction.pairs[:first]:
            values = dict(environment.values)
            if value is not None:
                _put(values, key.text, environment._result(value.text))
            elif key.text in defaults:
                _put(values, key.text, defaults[key.text])
            environment = environment._changed(values, environment.declared | {key.text})
        return environment

    def _result(self, word: str) -> str | Unknown:
        expansion = self.expand(word)
        text = expansion.text if expansion else None
        return Unknown(word) if text is None else text

    def _changed(self, values: Values, declared: frozenset[str]) -> Environment:
        return Environment(values, declared, self.escape, self.inherited)


def _put(values: dict[str, str | Unknown], name: str, value: str | Unknown) -> None:
    """Set a variable as the newest one: suggestions go through them in this order."""
    values.pop(name, None)
    values[name] = value
