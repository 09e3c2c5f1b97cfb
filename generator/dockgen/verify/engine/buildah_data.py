"""What buildah, and podman with it, learnt to build in which version.

Sources, read on 2026-11-24: https://github.com/containers/buildah/blob/main/CHANGELOG.md for all but
symbolic modes, which 1.45.0 is known to refuse (https://github.com/containers/buildah/issues/6938).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dockgen.dockerfile.model import Dockerfile, Instruction

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ability:
    """Something a Dockerfile may ask for; `needs` are the words for the version that knows it."""

    what: str
    needs: str
    known: Callable[[Version], bool]
    asked: Callable[[Instruction], bool]


def _since(*first: int) -> Callable[[Version], bool]:
    return lambda version: version >= first


def _after(*last: int) -> Callable[[Version], bool]:
    return lambda version: version[: len(last)] > last


def _flag(*names: str) -> Callable[[Instruction], bool]:
    return lambda instruction: any(instruction.flag(name) for name in names)


def _symbolic(instruction: Instruction) -> bool:
    flag = instruction.flag("chmod")
    return bool(flag and not re.fullmatch(r"[0-7]+|.*\$.*", flag.value or ""))


def _secret_variable(instruction: Instruction) -> bool:
    return any(o.get("type") == "secret" and o.get("env") for _, o in instruction.mounts())


ABILITIES = (
    Ability("a symbolic --chmod", "newer than 1.45", _after(1, 45), _symbolic),
    Ability("a secret as a variable (env=)", "1.44 or newer", _since(1, 44), _secret_variable),
    Ability("--parents", "1.40 or newer", _since(1, 40), _flag("parents")),
    Ability("--exclude", "1.38 or newer", _since(1, 38), _flag("exclude")),
    Ability("--start-interval", "1.37 or newer", _since(1, 37), _flag("start-interval")),
    Ability("heredocs", "1.33 or newer", _since(1, 33), lambda instruction: bool(instruction.heredocs)),
)


def unbuildable(dockerfile: Dockerfile, version: str) -> Iterator[tuple[Ability, int]]:
    """Yield each ability that the Dockerfile asks for and that version lacks, with the first line that asks.

    A version that is not made of numbers is taken to know everything: the build itself will tell.
    """
    found = re.match(r"\d+(\.\d+)*", version)
    if not found:
        return
    numbers = tuple(int(part) for part in found.group().split("."))
    instructions = [i for stage in dockerfile.stages for i in stage.instructions]
    for ability in ABILITIES:
        line = next((i.line for i in instructions if ability.asked(i)), None)
        if line is not None and not ability.known(numbers):
            yield ability, line
