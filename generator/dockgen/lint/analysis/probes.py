"""What a HEALTHCHECK calls, and whether the image has it.

Source: https://docs.docker.com/reference/dockerfile/#healthcheck
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.catalog.bases import base_of
from dockgen.dockerfile.model import Instruction, Stage
from dockgen.dockerfile.shell import Command, commands
from dockgen.regexes import regex

_KNOWN = regex(
    r"(?:^|[;&|({]|\b(?:if|then|else|do|exec|time|while|until)\b|!)\s*"
    r"(?:/usr(?:/local)?/bin/|/bin/)?"
    r"(curl|wget|nc|python3|python|node|perl|ruby|php|ps|pgrep|jq|bash)(?=\s|$)",
)
# Programs that may bring others along which the Dockerfile does not name.
_INSTALLERS = regex(
    r"sh|bash|ash|dash|source|\.|python[\d.]*|perl|ruby|node|npx|make|ansible.*|puppet|nix.*|conda|mamba|brew|busybox"
)
# Packages that have a program under another name than their own.
_PACKAGES = {
    "pgrep": r"procps|busybox", "ps": r"procps|busybox", "nc": r"netcat|ncat|nmap|busybox",
    "node": r"nodejs|npm",
}  # fmt: skip
_PROGRAM_FOLDERS = frozenset({"/", "/bin", "/sbin", "/usr", "/usr/bin", "/usr/local", "/usr/local/bin"})


def called(healthcheck: Instruction) -> Iterator[str]:
    """Yield the well-known programs that a HEALTHCHECK calls, `sh` for a shell form among them.

    One in a folder of its own is its path.
    """
    words = [word.text for word in healthcheck.words]
    if len(words) < 2 or words[0].upper() != "CMD":
        return
    if not healthcheck.json_form:
        yield "sh"
        yield from _KNOWN.findall(words[1])
        return
    folder, _, program = words[1].rpartition("/")
    yield program if folder in _PROGRAM_FOLDERS | {""} else words[1]
    if program in {"sh", "bash", "ash"} and len(words) > 3 and words[2].startswith("-"):
        yield from _KNOWN.findall(words[3])


def is_missing(program: str, stage: Stage) -> bool:
    """Return whether the stage surely lacks a program: its base has none and nothing can have brought it."""
    base = base_of(stage.base_image or "")
    if base is None:
        return False
    name = program.rpartition("/")[2]
    lacks = base.has_program(name) is False or (name == "sh" and base.shell is False)
    return lacks and not any(_may_bring(program, one) for part in stage.lineage for one in part.instructions)


def _may_bring(path: str, instruction: Instruction) -> bool:
    program = path.rpartition("/")[2]
    text = "\n".join([instruction.text, *(heredoc.content for heredoc in instruction.heredocs)])
    if instruction.keyword in {"COPY", "ADD"}:
        target = instruction.words[-1].text.strip("\"'").rstrip("/") or "/" if instruction.words else ""
        return (
            target in _PROGRAM_FOLDERS
            or path.startswith(f"{target}/")
            or bool(re.search(rf"\b{re.escape(program)}", text))
        )
    if instruction.keyword != "RUN":
        return False
    wanted = rf"\b(?:{re.escape(program)}|{_PACKAGES.get(program, re.escape(program))})"
    return bool(re.search(wanted, text)) or any(map(_runs_unknown, commands(instruction)))


def _runs_unknown(command: Command) -> bool:
    """Return whether a command runs a script, which may install anything."""
    path = command.effective[0].text if command.effective else ""
    folder, slash, name = path.rpartition("/")
    return bool(
        _INSTALLERS.fullmatch(name) or name.endswith(".sh") or (slash and folder not in _PROGRAM_FOLDERS)
    )
