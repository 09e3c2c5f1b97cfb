"""What a project is: its tree, its stack with the evidence, its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dockgen.catalog.check import blamed
from dockgen.catalog.detection import FAINT, Detection, detect
from dockgen.catalog.facts import gather, values_of
from dockgen.catalog.stack import Header, Stack, load_header, load_stack, stack_files
from dockgen.errors import AnswerError
from dockgen.project import git
from dockgen.project.facts import Fact
from dockgen.project.tree import Tree, scan
from dockgen.records import record
from dockgen.setup.lock_file import written_files
from dockgen.setup.shareable import shareable_files
from dockgen.setup.workspace import Context, context_of, refuse_root

_MAX_SHOWN = 5


@record
class Survey:
    """A project as read: nothing is decided yet. `context` is where the build takes its files from."""

    root: Path
    tree: Tree
    context: Context
    detection: Detection
    stack: Stack
    facts: Mapping[str, Fact]
    project: Mapping[str, Any]


class AmbiguousError(AnswerError):
    """The project fits several stacks, or none; `candidates` are they, each with what speaks for it.

    `asked` is what must be said before they are offered, as nothing speaks for any.
    """

    def __init__(self, message: str, hint: str, candidates: Mapping[str, str], asked: str = "") -> None:
        super().__init__(message, hint)
        self.candidates, self.asked = candidates, asked

    @property
    def details(self) -> dict[str, Any]:
        """The stacks that it may be, each with what speaks for it."""
        return {"candidates": dict(self.candidates)}


def survey(
    root: Path, stack: str | None = None, folders: Sequence[Path] = (), context: str | None = None
) -> Survey:
    """Read a project; `stack` settles which one it is, `context` where its build context is.

    Raises AmbiguousError where the evidence does not, MembersError for the root of a workspace that is no app
    itself, ProjectError where a file cannot be understood.
    """
    # What dockgen wrote itself says nothing of the project: its own EXPOSE would prove itself.
    tree, headers = scan(root).without(written_files(root)), headers_of(folders)
    found = detect(tree, headers)
    chosen = stack_named(stack, folders) if stack else load_stack(_chosen(found, tree, headers).path)
    with blamed(chosen.header.path):
        around = context_of(root, tree, chosen, context)
        project = {**about(root, around), **around.known}
        facts = gather(tree, chosen.facts, project, around.tree, chosen.data)
        if context is None:
            refuse_root(root, around, chosen, values_of(facts))
    return Survey(root, tree, around, found, chosen, facts, project)


def headers_of(folders: Sequence[Path] = ()) -> list[Header]:
    """Return the headers of all stacks, an organization's own folders first."""
    return [load_header(path) for path in stack_files(folders)]


def stack_named(name: str, folders: Sequence[Path] = ()) -> Stack:
    """Return one stack by its name; raise AnswerError with the names that there are."""
    headers = headers_of(folders)
    found = next((header for header in headers if header.name == name), None)
    if found is None:
        known = ", ".join(header.name for header in headers)
        raise AnswerError(f"there is no stack named {name!r}", f"there are: {known}")
    return load_stack(found.path)


def about(root: Path, context: Context) -> dict[str, Any]:
    """Return what is known of any project: its folder's name, where its source is, and what it may share."""
    url, found = git.origin_url(root), shareable_files(context.path, context.near)
    _, place = git.place_or_top(root)
    return {
        "name": root.resolve().name,
        "place": place,
        "source_url": (git.web_url(url) if url else None) or "",
        "shareable": found.files,
        "withheld": found.withheld,
        "secret_files": found.secret,
    }


def _chosen(found: Detection, tree: Tree, headers: Sequence[Header]) -> Header:
    names = [header.name for header in headers]
    if found.winner and found.winner.weight >= FAINT:
        return found.winner.header
    claims, below = found.strong or found.candidates, _below(tree, headers)
    if found.winner and not below:
        return found.winner.header
    # A script at the top says nothing where apps lie below.
    if claims and not found.winner:
        evidence = "; ".join(f"{c.header.name}: {c.evidence[0].says}" for c in claims)
        ways = ", ".join(f"--set stack={c.header.name}" for c in claims)
        told = {c.header.name: c.evidence[0].says for c in claims}
        raise AmbiguousError(
            f"the project could be of several stacks ({evidence})", f"choose: {ways}{below}", told
        )
    unreadable = "".join(f"; {problem.message}" for problem in found.problems)
    raise AmbiguousError(
        f"no file here tells which stack the project is{unreadable}",
        f"name it: --set stack=…, one of {', '.join(names)}{below}",
        {header.name: header.summary for header in headers},
        f"no file here tells{unreadable}{below}",
    )


def _below(tree: Tree, headers: Sequence[Header]) -> str:
    """Return the way to the apps that lie in folders below, '' where there are none."""
    # Not at the top: only a run that fails has use for it.
    from dockgen.setup.claims import claims_of

    folders = [claim.folder for claim in claims_of(tree, headers).found if claim.folder]
    if not folders:
        return ""
    shown = ", ".join(folders[:_MAX_SHOWN]) + (" …" if len(folders) > _MAX_SHOWN else "")
    return f"; for the apps below ({shown}): `dockgen new --each {tree.root.as_posix()}`"
