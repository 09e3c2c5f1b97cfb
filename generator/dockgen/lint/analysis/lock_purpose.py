"""Installs that cannot or should not keep to a lock: it is made anew, or kept to by a later install."""

from __future__ import annotations

import posixpath

from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.dockerfile.remembered import remembered
from dockgen.lint.analysis.installs import PROGRAMS
from dockgen.lint.analysis.managers import Manager
from dockgen.lint.analysis.runs import calls
from dockgen.lint.analysis.stages import transfers
from dockgen.lint.knowledge.stages import is_export
from dockgen.regexes import regex

# Steps that change a manifest: jq … > package.json, mv new package.json, sed -i … package.json, npm pkg set.
_CHANGES = regex(
    r"(?:>{1,2}|\bmv\s[^;&|\n]{0,200}|\bsed\s[^;&|\n]{0,20}-[a-zE]{0,4}i[^;&|\n]{0,200})[\s\"'./]"
    r"(?P<manifest>package\.json|Cargo\.toml|composer\.json|pyproject\.toml|Gemfile|Pipfile)(?![\w.-])|"
    r"\b(?P<npm>npm\s+pkg\s+(?:set|delete))\b"
)
_KEEPS = frozenset({"--frozen-lockfile", "--immutable", "--frozen", "--locked", "--locked-mode", "--deploy"})


def is_meant(dockerfile: Dockerfile, stage: Stage, instruction: Instruction, manager: Manager) -> bool:
    """Return whether an install has a reason not to keep to its lock."""
    line = instruction.span.start.line
    return (
        _first_change(stage).get(manager.manifest, line + 1) <= line
        or _last_kept(stage).get(manager.program, line - 1) >= line
        or any((stage.index, lock) in _exported(dockerfile) for lock in manager.locks)
    )


@remembered(most=256)
def _first_change(stage: Stage) -> dict[str, int]:
    """Return the line of the first step of a stage that changes a manifest, by the manifest's name."""
    found: dict[str, int] = {}
    for one in stage.instructions:
        texts = (one.text, *(heredoc.content for heredoc in one.heredocs)) if one.keyword == "RUN" else ()
        for text in texts:
            for match in _CHANGES.finditer(text):
                found.setdefault(match["manifest"] or "package.json", one.span.start.line)
    return found


@remembered(most=256)
def _last_kept(stage: Stage) -> dict[str, int]:
    """Return the line of the last step of a stage that keeps to the lock, by the program."""
    return {
        posixpath.basename(call.words[0]): one.span.start.line
        for one in stage.instructions
        for call in calls(one, PROGRAMS)
        if not _KEEPS.isdisjoint(call.words) or call.words[1:2] == ["ci"]
    }


@remembered(most=256)
def _exported(dockerfile: Dockerfile) -> set[tuple[int, str]]:
    """Return the stage and the name of each file that a stage only carries out of the build."""
    return {
        (transfer.source.index, posixpath.basename(path))
        for stage in dockerfile.stages
        if is_export(stage)
        for transfer in transfers(dockerfile, stage)
        for path in transfer.paths
    }
