"""Images that people run as a command on files of their own, not as a service.

Sources: https://docs.docker.com/reference/cli/docker/container/run/ (--rm, --volume, --publish, --detach) and
https://docs.github.com/actions/reference/workflows-and-actions/dockerfile-support, which asks for root.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from dockgen.dockerfile.model import Stage
from dockgen.lint.knowledge.deployments import RUN, names_of
from dockgen.lint.knowledge.project_files import project_files
from dockgen.lint.knowledge.run_commands import images_of
from dockgen.regexes import regex

_ASKS_FOR_HELP = frozenset({"--help", "-help", "-h", "help", "--version", "-version", "version", "usage"})
_ONCE = regex(r"\s--rm\b")
_SERVES = regex(r"\s(?:--(?:publish|publish-all|detach|network|net|restart)|-\w*[dpP])\b")
# Where a reader puts what the command is to do.
# The image with its command behind it, and no option before but those for the terminal.
_CALLED = regex(r"(?:\s-(?:i|t|it|ti))*\s([\w./-]{2,200})(?::[\w.-]{1,100})?\s+[a-z]")
_SLOT = regex(r"(?i)\s[\[<](?:command|options|args|arguments|flags)\b")
# The folder that the caller is in: what the command works on, with the caller's rights.
_OWN_FILES = regex(r"[\s=\"'](?:\$\(pwd\)|\$\{PWD\}|\$PWD|`pwd`|\.)[\"']?:/")
_DOCKER_ACTION = regex(r"^[ \t]{1,40}using:[ \t]{0,8}[\"']?docker\b")
_ACTIONS = ("action.yml", "action.yaml")


def is_command(root: Path | None, stage: Stage, path: str) -> bool:
    """Return whether the image is one that a person or a workflow runs as a command.

    `root` is the build context, `path` the Dockerfile's. A port or a health check tells a service.
    """
    if stage.inherited("EXPOSE") or stage.inherited("HEALTHCHECK"):
        return False
    if _shows_help(stage):
        return True
    if root is None:
        return False
    words = names_of(stage, root, path)
    return any(
        (file.name in _ACTIONS and _starts_by_action(file.text, path))
        or any(_runs_once(line, words, root) for line in file.commands if "run" in line)
        for file in project_files(root)
    )


def _shows_help(stage: Stage) -> bool:
    """Return whether the image, started as it is, only says how to call it."""
    command = [word.text for one in stage.inherited("CMD")[-1:] for word in one.words]
    return bool(stage.inherited("ENTRYPOINT")) and len(command) == 1 and command[0] in _ASKS_FOR_HELP


def _starts_by_action(text: str, path: str) -> bool:
    """Return whether a GitHub action is made of this Dockerfile."""
    return any(map(_DOCKER_ACTION.search, text.splitlines())) and PurePosixPath(path).name in text


def _runs_once(line: str, words: set[str], root: Path) -> bool:
    found = RUN.search(line)
    if not found or not any(image in words for image in images_of(found[1], root)):
        return False
    once = any(sign.search(found[1]) for sign in (_ONCE, _SLOT)) and not _SERVES.search(found[1])
    called = _CALLED.match(found[1])
    once = once or bool(called and called[1].rpartition("/")[2] in words)
    return bool(once or _OWN_FILES.search(found[1]))
