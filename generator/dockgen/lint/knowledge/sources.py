"""What COPY and ADD take from the build context."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Stage, Word
from dockgen.lint.knowledge.remotes import git_reference, is_download


def local_sources(dockerfile: Dockerfile) -> Iterator[tuple[Instruction, Word, str]]:
    """Yield each source of the build context: instruction, word, clean relative path (`.` is all)."""
    for stage in dockerfile.stages:
        yield from sources_of(stage)


def sources_of(stage: Stage) -> Iterator[tuple[Instruction, Word, str]]:
    """Yield those of one stage's own instructions."""
    for instruction in stage.instructions:
        if instruction.keyword not in {"COPY", "ADD"} or instruction.flag("from"):
            continue
        for word in instruction.words[:-1]:
            text = word.text if instruction.json_form else word.text.strip("\"'")
            remote = is_download(text) or git_reference(text) is not None
            if not remote and not text.startswith("<<"):
                yield instruction, word, posixpath.normpath("/" + text).lstrip("/") or "."
