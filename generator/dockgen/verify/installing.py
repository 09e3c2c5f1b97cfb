"""Which steps of a build install dependencies: commands held against stacks/data/installers.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dockgen.catalog.loading import documents
from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.dockerfile.parser import parse
from dockgen.dockerfile.shell import commands
from dockgen.resources import bundled
from dockgen.verify.model import Step

# BuildKit's name of a step: `[stage 3/7] RUN …`; a here-document is `RUN <<EOF (first line...)`.
_STEP = re.compile(r"^\[(?:[^\]]*\s)?\d+/\d+\] (?P<instruction>RUN .*)", re.DOTALL)
_HEREDOC = re.compile(r"<<-?\s*[\"']?\w+[\"']?[^(]*\((?P<body>.*?)(?:\.\.\.)?\)\s*$", re.DOTALL)
# `python -m pip`, `php -d memory_limit=-1 composer.phar`, `sh gradlew`, `corepack yarn`.
_RUNNERS = re.compile(r"python[0-9.]*|php[0-9.]*|(?:ba|da|a)?sh|java|ruby[0-9.]*|corepack|escript|pipx")


def is_install(step: Step, dockerfile: Dockerfile | None = None) -> bool:
    """Say whether a step of the build installs dependencies; the Dockerfile has what its name leaves out."""
    found = _STEP.match(step.name)
    if not found:
        return False
    text = found["instruction"]
    body = _HEREDOC.search(text)
    if body and dockerfile:
        return any(map(_installs, _with_heredoc(dockerfile, body["body"])))
    text = f"{text[: body.start()]}{body['body']}" if body else text
    parsed = parse(f"FROM scratch\n{' '.join(text.splitlines())}\n")
    return any(_installs(instruction) for stage in parsed.stages for instruction in stage.instructions)


def _installs(instruction: Instruction) -> bool:
    online = _is_online(instruction)
    return any(
        installs([word.text for word in command.effective], online=online)
        for command in commands(instruction)
    )


def _with_heredoc(dockerfile: Dockerfile, first_line: str) -> list[Instruction]:
    """Return the instructions whose here-document begins so."""
    return [
        instruction
        for stage in dockerfile.stages
        for instruction in stage.instructions
        if any(one.content.partition("\n")[0].strip() == first_line.strip() for one in instruction.heredocs)
    ]


def installs(words: Sequence[str], *, online: bool = True) -> bool:
    """Say whether one command's words, the program first, install dependencies; `online`: with a network."""
    return any(_one(row, words) for row in _installers() if online or not row.get("fetches"))


def _is_online(instruction: Instruction) -> bool:
    flag = instruction.flag("network")
    return flag is None or flag.value != "none"


def _one(row: Mapping[str, Any], words: Sequence[str]) -> bool:
    at = _place(row, words)
    if at is None:
        return False
    rest = words[at + 1 :]
    if set(row.get("offline", ())) & set(rest):
        return False
    if any(_matches(pattern, word) for pattern in row.get("anywhere", ()) for word in rest):
        return True
    said = _plain(rest, row.get("takes", ()))
    return any(_begins(said, verb.split()) for verb in row.get("verbs", ()))


def _place(row: Mapping[str, Any], words: Sequence[str]) -> int | None:
    """Return where the program stands: first, or behind one that runs it."""
    places = range(1)
    if row.get("runner") and words and _RUNNERS.fullmatch(_name(words[0])):
        places = range(1, len(words))
    return next((at for at in places if at < len(words) and _matches(row["program"], _name(words[at]))), None)


def _plain(words: Sequence[str], takes: Sequence[str]) -> list[str]:
    """Return the words that are neither options nor values of the options named."""
    left, skip = [], False
    for word in words:
        if not skip and not word.startswith(("-", "+")):
            left.append(word)
        skip = not skip and word in takes
    return left


def _begins(words: Sequence[str], verb: Sequence[str]) -> bool:
    if not verb:
        return not words
    return len(words) >= len(verb) and all(map(_matches, verb, words))


def _matches(pattern: str, word: str) -> bool:
    return re.fullmatch(pattern, word) is not None


def _name(word: str) -> str:
    return word.replace("\\", "/").rpartition("/")[2]


@cache
def _installers() -> tuple[dict[str, Any], ...]:
    loaded = documents(bundled("stacks") / "data" / "installers.yaml", 1)[0]
    return tuple(loaded["installers"])
