"""In which case a file writes its instructions."""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.model import Edit


def counted(dockerfile: Dockerfile) -> Iterator[Instruction]:
    """Yield the instructions whose case counts: all of the stages, not the ARGs before the first FROM."""
    for stage in dockerfile.stages:
        yield stage.start
        yield from stage.instructions


def is_consistent(word: str) -> bool:
    """Return whether a word is in one case throughout."""
    return word in (word.lower(), word.upper())


def cased(word: str, *, lower: bool) -> str:
    """Return the word in the case asked for."""
    return word.lower() if lower else word.upper()


def majority_is_lower(dockerfile: Dockerfile) -> bool:
    """Return whether more instructions are in lower case than in upper case."""
    written = [one.written for one in counted(dockerfile) if is_consistent(one.written)]
    lower = sum(word == word.lower() for word in written)
    return lower > len(written) - lower


def keyword_edits(instruction: Instruction, *, lower: bool) -> tuple[Edit, ...]:
    """Return what brings an instruction's keyword into a case, and FROM's AS with it.

    They go together: a mend of the one alone would call for a mend of the other.
    """
    words = [(instruction.written, instruction.keyword_span)]
    if instruction.keyword == "FROM" and len(instruction.words) >= 3:
        words.append((instruction.words[1].text, instruction.words[1].span))
    return tuple(
        Edit(span, cased(word, lower=lower)) for word, span in words if word != cased(word, lower=lower)
    )
