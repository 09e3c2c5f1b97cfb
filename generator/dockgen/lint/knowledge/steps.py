"""The commands of a RUN as rules look at them: sudo, env and other wrappers taken off, quotes gone."""

from __future__ import annotations

from dockgen.dockerfile.model import Instruction, Span
from dockgen.dockerfile.remembered import remembered
from dockgen.dockerfile.shell import Argument, Command, commands
from dockgen.records import record

__all__ = ["Argument", "Step", "steps"]


@record
class Step:
    """One simple command: `name` is the program without its folder, `args` what stands behind it."""

    name: str
    args: tuple[Argument, ...]
    command: Command

    @property
    def span(self) -> Span:
        """Where the command stands in the Dockerfile."""
        return self.command.span

    @property
    def variables(self) -> list[tuple[str, str]]:
        """The assignments of the command: names and values."""
        return [(one.name, one.value.text if one.value else "") for one in self.command.assignments]

    @property
    def outputs(self) -> list[Argument]:
        """The files that its output is redirected to."""
        written = (one for one in self.command.redirects if one.operator in {">", ">>", ">|", "&>", "&>>"})
        return [one.target for one in written if one.target and one.descriptor in {"", "1"}]

    @property
    def documents(self) -> list[str]:
        """The here-documents and here-strings that it reads."""
        return [
            one.target.text for one in self.command.redirects if one.operator.startswith("<<") and one.target
        ]

    def feeds(self, other: Step) -> bool:
        """Return whether the other command stands behind this one in the same pipeline."""
        return self._pipeline == other._pipeline and self.command.position < other.command.position

    def is_inside(self, argument: Argument) -> bool:
        """Return whether the command is part of a substitution in this argument."""
        here = self.command
        return here.script is argument.script and argument.start <= here.start and here.end <= argument.end

    @property
    def _pipeline(self) -> tuple[int, int]:
        return id(self.command.script), self.command.pipeline


def steps(instruction: Instruction) -> tuple[Step, ...]:
    """Return the commands of a RUN in their order, those inside of substitutions and scripts among them."""
    return _steps(instruction) if instruction.keyword == "RUN" else ()


# A dozen rules ask for the same commands.
@remembered(most=16_384)
def _steps(instruction: Instruction) -> tuple[Step, ...]:
    return tuple(_step(command) for command in commands(instruction))


def _step(command: Command) -> Step:
    effective = command.effective
    return Step(command.program, effective[1:], command)
