"""What a parsed Dockerfile comes to in the plain shape in which it is held against others."""

from __future__ import annotations

from dataclasses import dataclass, field

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.dockerfile.validation import refusals


@dataclass
class Line:
    """One instruction, ONBUILD's own one folded into it."""

    keyword: str
    trigger: str | None
    json_form: bool
    flags: list[str]
    values: list[str]
    heredocs: list[tuple[str, str]]
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


def lines(dockerfile: Dockerfile) -> list[Line]:
    """Return our instructions in that shape."""
    return [_line(instruction) for instruction in dockerfile.instructions]


def parse_problems(dockerfile: Dockerfile) -> list[str]:
    """Return the problems of the parser alone, without those of instructions that were split."""
    later = {problem.message for problem in refusals(dockerfile)}
    return [problem.message for problem in dockerfile.problems if problem.message not in later]


def _line(instruction: Instruction) -> Line:
    inner = instruction.trigger or instruction
    words = [word.text for word in inner.words]
    if inner.keyword in ("ENV", "LABEL"):
        words = [word.text for pair in inner.pairs for word in pair if word]
    return Line(
        instruction.written,
        instruction.trigger.written if instruction.trigger else None,
        inner.json_form,
        _flags(instruction),
        words,
        [(document.name, document.content) for document in inner.heredocs],
        instruction.line,
        instruction.span.end.line,
    )


def _flags(instruction: Instruction) -> list[str]:
    flags = instruction.flags + (instruction.trigger.flags if instruction.trigger else ())
    return ["--" + one.name + ("" if one.value is None else f"={one.value}") for one in flags]
