"""The stages of a Dockerfile: which instructions make each, what it is built from, under what name.

Source: https://docs.docker.com/build/building/multi-stage/ and BuildKit's dispatch of FROM.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dockgen.dockerfile.lexer import Lexer, LexError, Unknown
from dockgen.dockerfile.model import Instruction, Stage

# Set by BuildKit before the first FROM, from the platforms and the target of the build.
_PREDEFINED = {
    name: Unknown(name)
    for name in (
        *(f"{prefix}{suffix}" for prefix in ("BUILD", "TARGET")
          for suffix in ("PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT")),
        "TARGETSTAGE",
    )
}  # fmt: skip


def global_arguments(instructions: Iterable[Instruction]) -> tuple[Instruction, ...]:
    """Return the ARGs before the first FROM."""
    found: list[Instruction] = []
    for instruction in instructions:
        if instruction.keyword == "FROM":
            break
        if instruction.keyword == "ARG":
            found.append(instruction)
    return tuple(found)


def stages(instructions: Iterable[Instruction], escape: str) -> tuple[Stage, ...]:
    """Return the stages, each linked with the earlier one that it is built from."""
    instructions = list(instructions)
    values = global_values(global_arguments(instructions), escape)
    starts = [index for index, one in enumerate(instructions) if one.keyword == "FROM" and one.words]
    found: list[Stage] = []
    by_name: dict[str, Stage] = {}
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(instructions)
        body = tuple(instructions[start + 1 : end])
        stage = _stage(index, instructions[start], body, values, by_name, escape)
        found.append(stage)
        if stage.name:
            by_name[stage.name.lower()] = stage
    return tuple(found)


def global_values(arguments: Iterable[Instruction], escape: str = "\\") -> dict[str, str | Unknown]:
    """Return what the ARGs before the first FROM come to by their defaults.

    One without a default is unknown: only the build says it.
    """
    values: dict[str, str | Unknown] = {**_PREDEFINED}
    for argument in arguments:
        for key, value in argument.pairs:
            if value is None:
                values.setdefault(key.text, Unknown(key.text))
                continue
            known = _expanded(value.text, values, escape)
            values[key.text] = Unknown(key.text) if known is None else known
    return values


def _stage(
    index: int,
    start: Instruction,
    body: tuple[Instruction, ...],
    values: Mapping[str, str | Unknown],
    earlier: Mapping[str, Stage],
    escape: str,
) -> Stage:
    words = [word.text for word in start.words]
    named = len(words) >= 3 and words[1].lower() == "as"
    resolved = _expanded(words[0], values, escape) or None
    return Stage(
        index=index,
        name=words[2] if named else None,
        image=words[0],
        resolved=resolved,
        start=start,
        instructions=body,
        parent=earlier.get(resolved) if resolved else None,
    )


def _expanded(word: str, values: Mapping[str, str | Unknown], escape: str) -> str | None:
    try:
        pieces = Lexer(word, values.get, escape).run().pieces
    except LexError:
        return None
    if any(isinstance(piece, Unknown) for piece in pieces):
        return None
    return "".join(piece for piece in pieces if isinstance(piece, str))
