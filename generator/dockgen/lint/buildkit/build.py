"""A build without an engine: each stage's instructions in order, with the environment each one sees.

Source: BuildKit's Dockerfile front end, as its linter walks through a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property, partial
from itertools import pairwise

from dockgen.dockerfile.characters import SPACES
from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.lint.buildkit.environment import Environment
from dockgen.lint.buildkit.inherited import variable_names
from dockgen.lint.buildkit.variables import Value, Variables
from dockgen.lint.model import Context
from dockgen.records import record, replace

# What the front end sets before the first FROM, on the build machine that most have.
PREDEFINED = {
    f"{prefix}{suffix}": value
    for prefix in ("BUILD", "TARGET")
    for suffix, value in (
        ("PLATFORM", "linux/amd64"),
        ("OS", "linux"),
        ("OSVERSION", ""),
        ("ARCH", "amd64"),
        ("VARIANT", ""),
    )
}


@record
class Step:
    """One instruction as the build reaches it.

    `place` is where its findings stand: itself, or for a trigger of the parent stage's ONBUILD the FROM
    that sets it off.
    """

    instruction: Instruction
    place: Instruction
    stage: Stage
    environment: Environment

    @property
    def governor(self) -> Instruction | None:
        """The instruction whose comments may switch checks off here; triggers have none."""
        return self.instruction if self.instruction is self.place else None


class Build:
    """A Dockerfile walked through once; the checks ask it."""

    def __init__(self, dockerfile: Dockerfile, context: Context) -> None:
        self.dockerfile = dockerfile
        self.context = context

    @cached_property
    def arguments(self) -> Environment:
        """What FROM sees: the predefined ARGs and those before the first FROM."""
        target = self.dockerfile.final_stage
        stage = target.name.lower() if target and target.name else str(target.index if target else 0)
        variables = Variables()
        for name, value in (*PREDEFINED.items(), ("TARGETSTAGE", stage)):
            variables.put(name, value)
        environment = Environment(variables, escape=self.dockerfile.escape)
        for argument in self.dockerfile.global_args:
            environment = environment.after(argument, {})
        return environment

    @cached_property
    def defaults(self) -> dict[str, Value]:
        """What an ARG without a value takes over inside a stage."""
        variables, step = self.arguments.variables, self.arguments.step
        values = ((name, variables.get(name, step)) for name in variables.names(step))
        return {name: value for name, value in values if value is not None}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every instruction of every stage, in order, each with its environment."""
        last: dict[int, Environment] = {}
        found: list[Step] = []
        for stage in self.dockerfile.stages:
            environment = self._first(stage, last[stage.parent.index] if stage.parent else None)
            for instruction, place in _instructions(stage):
                found.append(Step(instruction, place, stage, environment))
                environment = environment.after(instruction, self.defaults)
            last[stage.index] = environment
        return tuple(found)

    @cached_property
    def lines(self) -> list[str]:
        """The source's lines as BuildKit counts them, without their ends."""
        lines = self.dockerfile.source.split("\n")
        if lines[-1] == "":
            lines.pop()
        return [line.rstrip("\r") for line in lines]

    @cached_property
    def may_hold_options(self) -> bool:
        """Whether it is worth to look for comments that switch checks off: most files hold none."""
        return "check" in self.dockerfile.source.lower()

    def comments_above(self, instruction: Instruction) -> list[str]:
        """Return the comment lines between an instruction and the one before it.

        An empty comment cuts off those above it; blank lines do not. Directives do not count.
        """
        directives = {directive.span.start.line for directive in self.dockerfile.directives}
        found: list[str] = []
        for number in range(self._ends.get(instruction.line, 0) + 1, instruction.line):
            line = self.lines[number - 1]
            if not line.lstrip(SPACES).startswith("#") or number in directives:
                continue
            # BuildKit cuts off the line's first character, even where that is a blank before the `#`.
            text = line[1:].strip(SPACES)
            found = [*found, text] if text else []
        return found

    @cached_property
    def _ends(self) -> dict[int, int]:
        """The line on which the instruction before the one that starts on a line ends."""
        starts = self.dockerfile.instructions
        return {one.line: before.span.end.line for before, one in pairwise(starts)}

    def _first(self, stage: Stage, parent: Environment | None) -> Environment:
        """Return the environment at a stage's start: its parent's last one, or the base image's."""
        if parent:
            return replace(parent, variables=Variables(parent.variables), step=0)
        inherited = cache(partial(variable_names, stage.base_image))
        return Environment(Variables(), escape=self.dockerfile.escape, inherited=inherited)


def _instructions(stage: Stage) -> Iterator[tuple[Instruction, Instruction]]:
    """Yield what a stage runs, each with its place: the parent's triggers, then its own."""
    for instruction in stage.parent.instructions if stage.parent else ():
        if instruction.keyword == "ONBUILD" and instruction.trigger:
            yield instruction.trigger, stage.start
    yield from ((instruction, instruction) for instruction in stage.instructions)
