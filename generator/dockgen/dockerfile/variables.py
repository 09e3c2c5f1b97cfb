"""Variables as BuildKit expands them, three-valued: known, known to the build only, or unset.

Source: https://docs.docker.com/reference/dockerfile/#environment-replacement and #scope of ARG.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dockgen.dockerfile.lexer import Lexer, LexError, Piece, Unknown
from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.dockerfile.stages import global_values
from dockgen.records import record

Value = str | Unknown


@record
class Expansion:
    """What a word comes to.

    `asked` are the variables it names, in order; `error` is why BuildKit refuses the word, if it does.
    """

    pieces: tuple[Piece, ...]
    asked: tuple[str, ...] = ()
    error: str = ""

    @property
    def text(self) -> str | None:
        """The whole text, without quotes and escapes; None where a part is not known."""
        if self.error or any(isinstance(piece, Unknown) for piece in self.pieces):
            return None
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def prefix(self) -> str:
        """The text before the first part that is not known."""
        known: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Unknown):
                break
            known.append(piece)
        return "".join(known)


def expand(word: str, values: Mapping[str, Value], escape: str = "\\", *, heredoc: bool = False) -> Expansion:
    """Return what a word comes to; a name that `values` lacks is unset.

    `heredoc` is for the content of a here-document, where quotes are plain and a backslash escapes.
    """
    lexer = Lexer(word, values.get, "\\" if heredoc else escape, plain_quotes=heredoc)
    try:
        pieces = tuple(lexer.run().pieces)
    except LexError as error:
        return Expansion((), tuple(lexer.asked), str(error))
    return Expansion(pieces, tuple(lexer.asked))


def walk(dockerfile: Dockerfile, stage: Stage) -> Iterator[tuple[Instruction | None, Mapping[str, Value]]]:
    """Yield a stage's instructions, each with the variables that it sees, and None with those at its end.

    The mapping changes with each step: copy it to keep it. What the base image sets is not in it; ARGs and
    ENVs of the stages that the stage is built from are.
    """
    values: dict[str, Value] = {}
    outside = global_values(dockerfile.global_args, dockerfile.escape)
    for built in reversed(stage.lineage):
        for instruction in built.instructions:
            if built is stage:
                yield instruction, values
            _take_in(instruction, values, outside, dockerfile.escape)
    yield None, values


def variables_at(
    dockerfile: Dockerfile, stage: Stage, instruction: Instruction | None = None
) -> dict[str, Value]:
    """Return the variables that an instruction of a stage sees; those at the stage's end for None."""
    seen = (values for one, values in walk(dockerfile, stage) if one is instruction)
    return dict(next(seen, {}))


def _take_in(
    instruction: Instruction, values: dict[str, Value], outside: Mapping[str, Value], escape: str
) -> None:
    if instruction.keyword == "ENV":
        # All of one ENV see what was set before it.
        before = dict(values) if len(instruction.pairs) > 1 else values
        for key, value in instruction.pairs:
            name = expand(key.text, before, escape).text
            if name and value:
                values[name] = _known(value.text, before, escape)
    elif instruction.keyword == "ARG":
        for key, value in instruction.pairs:
            if value:
                values[key.text] = _known(value.text, values, escape)
            elif key.text in outside:
                values[key.text] = outside[key.text]
            else:
                values.setdefault(key.text, Unknown(key.text))


def _known(word: str, values: Mapping[str, Value], escape: str) -> Value:
    text = expand(word, values, escape).text
    return Unknown(word) if text is None else text
