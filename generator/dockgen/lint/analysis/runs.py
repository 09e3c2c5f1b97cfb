"""What a RUN calls, program by program, with what is set for it on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Instruction, Span
from dockgen.dockerfile.shell import Argument, commands
from dockgen.records import record


@record
class Call:
    """One program with its arguments; sudo, env, exec and their like are taken away.

    `settings` are the assignments in force, one a line. `elsewhere` says that the command before it changed
    the folder, so that nobody knows which files it sees; `wrapped` that something was taken away before it.
    """

    arguments: tuple[Argument, ...]
    settings: str
    elsewhere: bool
    editable: bool
    wrapped: bool

    @property
    def words(self) -> list[str]:
        """The texts of the arguments, the program's name first."""
        return [argument.text for argument in self.arguments]

    @property
    def certain(self) -> bool:
        """Whether no variable stands for options that nobody sees here."""
        return not any(not one.static and one.text.startswith("$") for one in self.arguments)

    def place(self, index: int) -> Span | None:
        """Return where an argument can be replaced in the source, None where it cannot."""
        argument = self.arguments[index]
        return argument.span if self.editable and argument.static else None


def calls(instruction: Instruction, programs: re.Pattern[str]) -> Iterator[Call]:
    """Yield the calls of a RUN in their order if it names one of the programs: most need no look inside."""
    if instruction.keyword != "RUN" or not _names(instruction, programs):
        return
    settings: list[str] = []
    elsewhere = False
    for command in commands(instruction):
        settings += (f"{one.name}={one.value.text if one.value else ''}" for one in command.assignments)
        arguments = command.effective
        if arguments:
            elsewhere = elsewhere or command.name in {"cd", "pushd"}
            yield Call(
                arguments,
                "\n".join(settings),
                elsewhere,
                editable=not instruction.json_form,
                wrapped=len(arguments) < len(command.argv),
            )


def _names(instruction: Instruction, programs: re.Pattern[str]) -> bool:
    texts = (instruction.text, *(heredoc.content for heredoc in instruction.heredocs))
    return any(map(programs.search, texts))
