"""Which stages the build of a target needs, and what a stage takes out of another.

Source: https://docs.docker.com/build/building/multi-stage/ (BuildKit builds only what the target needs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dockgen.dockerfile.model import Dockerfile, Flag, Instruction, Stage
from dockgen.lint.analysis.images import sources
from dockgen.lint.knowledge.stages import is_for_tests
from dockgen.records import record
from dockgen.regexes import regex

_VARIABLE = regex(r"\$\{[^}]*\}|\$\w+")


@record
class Transfer:
    """One COPY --from of another stage: the instruction, its --from flag, and the stage it names."""

    instruction: Instruction
    flag: Flag
    source: Stage

    @property
    def paths(self) -> list[str]:
        """The paths that are taken, as written."""
        return [word.text.strip("\"'") for word in self.instruction.words[:-1]]

    @property
    def destination(self) -> str:
        """Where they go, as written."""
        return self.instruction.words[-1].text.strip("\"'") if self.instruction.words else ""


def transfers(dockerfile: Dockerfile, stage: Stage) -> Iterator[Transfer]:
    """Yield each COPY --from of an earlier stage in the stage itself."""
    for instruction in stage.instructions:
        if instruction.keyword == "COPY":
            for flag, name in sources(instruction):
                source = dockerfile.stage(name)
                if source is not None and source.index < stage.index:
                    yield Transfer(instruction, flag, source)


def needed(dockerfile: Dockerfile, targets: Iterable[Stage]) -> set[int]:
    """Return the indices of the stages that the builds of the targets need, themselves among them."""
    waiting = list(targets)
    found: set[int] = set()
    while waiting:
        stage = waiting.pop()
        if stage.index not in found:
            found.add(stage.index)
            waiting += _parents(dockerfile, stage)
    return found


def only_tests(dockerfile: Dockerfile, stage: Stage) -> bool:
    """Return whether a stage is for tests or examples by its name, and the last stage needs nothing of it."""
    final = dockerfile.final_stage
    return final is not None and is_for_tests(stage) and stage.index not in needed(dockerfile, (final,))


def _parents(dockerfile: Dockerfile, stage: Stage) -> Iterator[Stage]:
    if stage.parent is not None:
        yield stage.parent
    for instruction in stage.instructions:
        for _, name in sources(instruction.trigger or instruction):
            source = dockerfile.stage(name)
            if source is not None and source.index < stage.index:
                yield source


def has_hidden_sources(dockerfile: Dockerfile) -> bool:
    """Return whether a build argument decides which stage a FROM or a --from means."""
    froms = [stage.image for stage in dockerfile.stages]
    names = [name for s in dockerfile.stages for i in s.instructions for _, name in sources(i)]
    return any("$" in name and not re.search(r"[/:]", _VARIABLE.sub("", name)) for name in froms + names)
