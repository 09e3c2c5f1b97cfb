"""In which case a file writes its instructions."""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction


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
