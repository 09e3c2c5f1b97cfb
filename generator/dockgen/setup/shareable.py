"""Files with a secret's name that hold none: which of them may go into the build, which not and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dockgen.catalog.secret_files import has_secret_name, is_made_for_secrets
from dockgen.dockerfile.ignore import IgnoreFile
from dockgen.errors import ProjectError
from dockgen.plan.model import Notice, Plan
from dockgen.project import git
from dockgen.project.tree import Tree
from dockgen.records import record
from dockgen.regexes import regex
from dockgen.render.filters import ignore_pattern

# What an ignore file takes literally; anything else could let in more than the file.
_PLAIN = regex(r"[A-Za-z0-9_.][A-Za-z0-9_./@+-]*")
_MOST = 200
_UNTRACKED = "git does not track it, so it is of this machine only"


@record
class Shareable:
    """`files` says of each file that may go in what it is, `withheld` of each other why it must not.

    `secret` is the part of `withheld` that holds a secret, or may: no answer lets such a file in.
    """

    files: dict[str, str]
    withheld: dict[str, str]
    secret: dict[str, str]


def shareable_files(root: Path, tree: Tree) -> Shareable:
    """Return what may go into a build of all files that have a secret's name.

    May: tracked by git (where there is a repository with anything in it), and without a secret's value.
    """
    named = [path for path in tree.files if has_secret_name(path)][:_MOST]
    if not named:
        return Shareable({}, {}, {})
    tracked = git.tracked(root)
    secret = {path: why for path in named if (why := _why_secret(tree, path))}
    local = {path: _UNTRACKED for path in named if tracked and path not in tracked}
    withheld = {**local, **secret}
    place = "tracked by git, " if tracked else ""
    may = {path: f"{place}{_lines(tree, path)} without a secret" for path in named if path not in withheld}
    return Shareable(may, withheld, secret)


def _why_secret(tree: Tree, path: str) -> str | None:
    # Loaded only for projects that have such a file.
    from dockgen.lint.knowledge.secret_values import why_secret

    if not _PLAIN.fullmatch(path):
        return "its name has characters that an ignore file does not take literally"
    if is_made_for_secrets(path):
        return "files of that name have no other purpose than to hold secrets"
    return why_secret(path, _content(tree, path))


def _content(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.data(path)
    except ProjectError:
        return None


def _lines(tree: Tree, path: str) -> str:
    count = len((_content(tree, path) or b"").splitlines())
    return f"{count} line{'' if count == 1 else 's'}"


def left_out(project: Mapping[str, Any], plan: Plan) -> list[Notice]:
    """Return a notice of the files that only their name keeps out of folders that the build takes."""
    if not project["shareable"] and not project["secret_files"]:
        return []
    taken = [f"!{ignore_pattern(path)}" for path in plan.allow]
    ignore = IgnoreFile.of(["*", *taken, *map(ignore_pattern, plan.never)])
    names = [path for path in project["shareable"] if path not in plan.keep and not ignore.excludes(path)]
    told = [
        Notice(f"{path} stays out of the build: {why}.", "hand secrets over when the container runs")
        for path, why in project["secret_files"].items()
        if not ignore.excludes(path)
    ]
    if names:
        message = f"Named like secrets, these files stay out of the build: {', '.join(names)}."
        told.append(Notice(message, f"no secret was found there; --set keep={','.join(names)} lets them in"))
    return told
