"""Which files of the build context reach the final image by way of another stage.

Source: https://docs.docker.com/reference/dockerfile/#copy (where the files of a folder land).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import takewhile

from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.lint.analysis.fit import evidence
from dockgen.lint.analysis.stages import Transfer, transfers
from dockgen.lint.knowledge.stages import shipped

_UNKNOWN = ("$", "*", "?", "[")


def is_carried(
    dockerfile: Dockerfile, stage: Stage, instruction: Instruction, source: str, path: str
) -> bool:
    """Whether a file of the context that an instruction takes by `source` is carried on into the image.

    `path` is the file's in the context. False where something is not certain: a variable, a pattern, a base
    image's own working directory, a step after the COPY that names the file.
    """
    landed = _landed(stage, instruction, source, path)
    return landed is not None and _reaches(dockerfile, stage, landed)


def _reaches(dockerfile: Dockerfile, start: Stage, path: str) -> bool:
    """Whether the image has a file of a stage, itself or through the stages between."""
    final = {stage.index for stage in shipped(dockerfile)}
    waiting = [(start, path)]
    # Stages that copy from all before them make as many ways as there are subsets: each place is seen once.
    seen: set[tuple[int, str]] = set()
    while waiting:
        stage, place = waiting.pop()
        if stage.index in final:
            return True
        if (stage.index, place) not in seen:
            seen.add((stage.index, place))
            if posixpath.basename(place) not in evidence(stage):
                waiting += _taken(dockerfile, stage, place)
    return False


def _taken(dockerfile: Dockerfile, stage: Stage, path: str) -> Iterator[tuple[Stage, str]]:
    """Yield the later stages that take a file of a stage, and where they have it."""
    for taker in dockerfile.stages[stage.index + 1 :]:
        for transfer in transfers(dockerfile, taker):
            there = _place(taker, transfer, path) if stage in transfer.source.lineage else None
            if there:
                yield taker, there


def _place(taker: Stage, transfer: Transfer, path: str) -> str | None:
    """Return where a COPY of another stage puts a file, None where it does not take it."""
    if transfer.instruction.flag("exclude") or transfer.instruction.flag("parents"):
        return None
    for source in transfer.paths:
        folder = posixpath.normpath("/" + source.lstrip("/"))
        if not _is_known(source):
            continue
        if path == folder or path.startswith(folder.rstrip("/") + "/"):
            return _inside(taker, transfer.instruction, _below(transfer, folder, path))
    return None


def _below(transfer: Transfer, source: str, path: str) -> str:
    """Return what a file is called below the destination: a file by itself may be renamed by it."""
    if path != source:
        return path[len(source) :].lstrip("/")
    is_folder = transfer.destination.endswith("/") or len(transfer.paths) > 1
    return posixpath.basename(path) if is_folder else ""


def _landed(stage: Stage, instruction: Instruction, source: str, path: str) -> str | None:
    if instruction.flag("parents") or not _is_known(source):
        return None
    inside = path if source == "." else posixpath.relpath(path, source)
    return None if inside.startswith("..") else _inside(stage, instruction, inside)


def _inside(stage: Stage, instruction: Instruction, rest: str) -> str | None:
    """Return the absolute path of `rest` below an instruction's destination, None where that is not known."""
    destination = instruction.words[-1].text.strip("\"'")
    folder = _working_directory(stage, instruction) if not destination.startswith("/") else "/"
    if folder is None or not _is_known(destination):
        return None
    return posixpath.normpath(posixpath.join(folder, destination, rest))


def _working_directory(stage: Stage, until: Instruction) -> str | None:
    """Return the WORKDIR that holds at an instruction, None where the base image or a variable decides."""
    before = [one for parent in reversed(stage.lineage[1:]) for one in parent.instructions]
    own = takewhile(lambda one: one is not until, stage.instructions)
    folder: str | None = None
    for one in (*before, *own):
        if one.keyword == "WORKDIR" and one.words:
            word = one.words[0].text.strip("\"'")
            if not _is_known(word) or (folder is None and not word.startswith("/")):
                folder = None
            else:
                folder = posixpath.join(folder or "/", word)
    return folder


def _is_known(text: str) -> bool:
    return not any(sign in text for sign in _UNKNOWN)
