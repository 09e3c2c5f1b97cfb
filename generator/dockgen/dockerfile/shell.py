"""The commands that an instruction runs: the shell's grammar, not patterns over lines.

Source: POSIX shell grammar as tree-sitter-bash knows it, and BuildKit's handling of RUN (shell form, JSON
form, here-documents).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from dockgen.dockerfile.command import Argument, Assignment, Command, Redirect
from dockgen.dockerfile.model import Instruction
from dockgen.dockerfile.remembered import remembered
from dockgen.dockerfile.script import SHELLS, Script, json_script, shell_script

__all__ = ["Argument", "Assignment", "Command", "Redirect", "commands"]

# Beyond this many characters a body is not looked into.
LONGEST = 1 << 16
_DEEPEST = 4
_WITH_COMMANDS = frozenset({"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"})


def commands(instruction: Instruction, shell: Sequence[str] = ("/bin/sh", "-c")) -> tuple[Command, ...]:
    """Return the commands of RUN, CMD, ENTRYPOINT or HEALTHCHECK, or of ONBUILD's, in written order.

    `shell` is the SHELL in force: there are none where it is no POSIX shell. It never raises; where the
    grammar gives up, what it understood is there.
    """
    instruction = instruction.trigger or instruction
    if instruction.keyword not in _WITH_COMMANDS:
        return ()
    if not instruction.json_form and not _is_posix(shell):
        return ()
    return _read(instruction)


def _is_posix(shell: Sequence[str]) -> bool:
    return bool(shell) and shell[0].rpartition("/")[2] in SHELLS | {"busybox"}


@remembered(most=16_384)
def _read(instruction: Instruction) -> tuple[Command, ...]:
    numbers = count(1)
    if instruction.json_form:
        found = [_json_command(instruction)] if instruction.words else []
        return tuple(_with_scripts(found, numbers, _DEEPEST))
    script = shell_script(instruction)
    return tuple(_of_script(script, (), numbers, _DEEPEST)) if script else ()


def _json_command(instruction: Instruction) -> Command:
    words = instruction.words[1:] if instruction.keyword == "HEALTHCHECK" else instruction.words
    argv = [Argument(word.text, True, 0, len(word.text) + 2, json_script(word)) for word in words]
    return Command(tuple(argv), script=Script("", lambda _start, _end: instruction.span))


def _of_script(script: Script, within: tuple[str, ...], numbers: Iterator[int], depth: int) -> list[Command]:
    """Parse a script; the commands of scripts inside it follow those that run them."""
    if len(script.text) > LONGEST:
        return []
    from dockgen.dockerfile.grammar import read_script

    return _with_scripts(read_script(script, within, numbers), numbers, depth)


def _with_scripts(found: list[Command], numbers: Iterator[int], depth: int) -> list[Command]:
    everything: list[Command] = []
    for command in found:
        everything.append(command)
        for script in _scripts(command) if depth else ():
            everything += _of_script(script, (*command.within, "script"), numbers, depth - 1)
    return everything


def _scripts(command: Command) -> list[Script]:
    """Return the scripts that a command hands to a shell: `sh -c`, eval, a here-document."""
    argv = command.effective
    name = argv[0].text.rpartition("/")[2] if argv else ""
    if name in SHELLS:
        body = _behind_c(argv)
        if body is None:
            read = [one.target for one in command.redirects if one.operator in ("<<", "<<-", "<<<")]
            return [_inside(target) for target in read if target]
        return [_inside(body)]
    if name == "su":
        body = _behind_c(argv)
        return [_inside(body)] if body else []
    if name == "eval":
        return [_inside(argument) for argument in argv[1:]]
    return []


def _behind_c(argv: Sequence[Argument]) -> Argument | None:
    """Return the word behind -c, which may stand with other letters as in -ec."""
    for index, argument in enumerate(argv[1:], start=1):
        letters = argument.text
        if letters[:1] in "-+" and letters[1:2] not in ("", "-") and letters.endswith("c"):
            return argv[index + 1] if index + 1 < len(argv) else None
    return None


def _inside(argument: Argument) -> Script:
    written = argument.script.text[argument.start : argument.end]
    quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "'\""
    start = argument.start + quoted
    return argument.script.inside(start, argument.text, written[1:-1] if quoted else written)
