"""The build context of a project: its own folder, or the root of the workspace that it is a member of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dockgen.catalog.expression import condition
from dockgen.catalog.facts import gather, values_of
from dockgen.catalog.stack import Stack
from dockgen.errors import AnswerError, ProjectError
from dockgen.project.facts import Origin
from dockgen.project.tree import Tree, scan
from dockgen.project.workspace import Root, find_root, members_of
from dockgen.records import field, record, replace
from dockgen.regexes import regex

OWN = "."
# A folder's name goes into instructions, mounts and ignore files, which quote differently.
_PLAIN = regex(r"[A-Za-z0-9_.@+][A-Za-z0-9_./@+-]*")
_MAX_SHOWN = 20


@record
class Context:
    """Where the build takes its files from.

    `path` is the folder as the user would write it, `tree` what it holds, `folder` the project's POSIX path
    in it ('' where it is the project's own folder). `places` are the paths of the workspace's members,
    `members` the facts of those that the project needs, what others need first. `ways` are the contexts that
    may be chosen, the proposed one first.
    """

    path: Path
    tree: Tree
    folder: str = ""
    origin: Origin | None = None
    members: tuple[Mapping[str, Any], ...] = ()
    places: tuple[str, ...] = ()
    ways: tuple[str, ...] = (OWN,)

    @property
    def up(self) -> str:
        """The way from the project's folder to the context: `.`, or as many `..` as it takes."""
        return "/".join([".."] * len(self.folder.split("/"))) if self.folder else OWN

    @property
    def near(self) -> Tree:
        """The part of the tree that the build may take: top files, the project, the members that it needs."""
        if not self.folder:
            return self.tree
        taken = tuple(f"{place}/" for place in (self.folder, *(member["path"] for member in self.members)))
        files = tuple(path for path in self.tree.files if "/" not in path or path.startswith(taken))
        return replace(self.tree, files=files)

    @property
    def known(self) -> dict[str, Any]:
        """What expressions see of it, as fields of `project`."""
        return {
            "folder": self.folder,
            "context": self.up,
            "contexts": list(self.ways),
            "members": list(self.members),
            "places": list(self.places),
        }


class MembersError(AnswerError):
    """The folder is a workspace's root and no app itself; `candidates` are its members' paths."""

    def __init__(self, root: Path, candidates: Sequence[str]) -> None:
        shown = ", ".join(candidates[:_MAX_SHOWN]) + (" …" if len(candidates) > _MAX_SHOWN else "")
        first = (root / candidates[0]).as_posix()
        super().__init__(
            f"this is the root of a workspace; its members are {shown}",
            f"name one of them, as in `dockgen new {first}`, or set up all: `dockgen new --each "
            f"{root.as_posix()}`; if the root is the app itself: --set context=.",
        )
        self.candidates = tuple(candidates)

    @property
    def details(self) -> dict[str, Any]:
        """The members' paths."""
        return {"members": list(self.candidates)}


@record
class _Reading:
    """A workspace that is being read: the facts of each of its members once."""

    stack: Stack
    tree: Tree
    places: Sequence[str]
    known: dict[str, dict[str, Any]] = field(default_factory=dict)

    def facts(self, place: str) -> dict[str, Any]:
        """Return the facts of a member by the stack's `workspace: facts:`."""
        if place not in self.known:
            declared = self._declaration["facts"]
            read = values_of(gather(self.tree.subtree(place), declared, {}))
            self.known[place] = {"path": place, **read}
        return self.known[place]

    @property
    def _declaration(self) -> Mapping[str, Any]:
        return self.stack.workspace or {}

    @property
    def names(self) -> dict[str, str]:
        """The members' names, each with its folder."""
        source = {"name": self._declaration["facts"]["name"]}
        read = {place: gather(self.tree.subtree(place), source, {})["name"].value for place in self.places}
        return {str(name): place for place, name in read.items() if name}

    def needed(self, app: str) -> list[dict[str, Any]]:
        """Return the members that the app needs, what others need first; `run`: not only to build."""
        names = self.names
        order: list[str] = []
        _visit(app, lambda place: self._places(place, names, ("needs", "builds")), order)
        running: list[str] = []
        _visit(app, lambda place: self._places(place, names, ("needs",)), running)
        return [{**self.facts(place), "run": place in running} for place in order if place != app]

    def _places(self, place: str, names: Mapping[str, str], kinds: Sequence[str]) -> list[str]:
        wanted = [str(name) for kind in kinds for name in self.facts(place).get(kind) or ()]
        return [names[found] for name in wanted if (found := _known_name(name, names))]


def context_of(root: Path, tree: Tree, stack: Stack, wanted: str | None = None) -> Context:
    """Return the build context of a project; `wanted` is the answer that names one.

    Raises AnswerError for a context that there is not, ProjectError where a workspace's file cannot be
    understood.
    """
    found = None
    if stack.workspace:
        try:
            found = find_root(root, stack.workspace["members"], stack.workspace.get("lock", ""))
        except ProjectError:
            if wanted != OWN:
                raise
    if found is None or (found.member and wanted == OWN):
        ways = (OWN,) if found is None else (_up(found.member), OWN)
        return _checked(Context(root, tree, ways=ways), wanted)
    return _checked(_in_workspace(found, tree, stack), wanted)


def _in_workspace(found: Root, tree: Tree, stack: Stack) -> Context:
    declared = stack.workspace or {}
    whole = scan(found.path) if found.member else tree
    listed = members_of(whole, found.patterns, declared["manifest"])
    places = tuple(sorted({*filter(_PLAIN.fullmatch, listed), *([found.member] if found.member else [])}))
    members = _Reading(stack, whole, places).needed(found.member)
    _check_name(found.member)
    ways = (_up(found.member), OWN) if found.member else (OWN,)
    return Context(found.path, whole, found.member, found.origin, tuple(members), places, ways)


def refuse_root(survey_root: Path, context: Context, stack: Stack, facts: Mapping[str, Any]) -> None:
    """Raise MembersError where a workspace's root is no app itself, by the stack's `workspace: app:`."""
    is_root = context.places and not context.folder
    if is_root and stack.workspace and not condition(stack.workspace["app"], {"facts": facts}):
        raise MembersError(survey_root, context.places)


def _checked(context: Context, wanted: str | None) -> Context:
    if wanted is not None and wanted not in context.ways:
        raise AnswerError(
            f"answer context: {wanted!r} is no build context of this project",
            f"choose one of: {', '.join(context.ways)}",
        )
    return context


def _check_name(place: str) -> None:
    if place and not _PLAIN.fullmatch(place):
        raise ProjectError(
            f"the folder {place!r} has characters in its name that not every instruction can hold",
            "rename it: letters, digits and _ . @ + - are fine",
        )


def _up(member: str) -> str:
    return "/".join([".."] * len(member.split("/")))


def _known_name(name: str, names: Mapping[str, str]) -> str | None:
    """Return the member's name that a need means: its own, or the beginning of a path in it."""
    while name and name not in names:
        name = name.rpartition("/")[0]
    return name or None


def _visit(place: str, needs: Any, order: list[str]) -> None:
    """Put what a member needs before it into the order, each once; circles are broken anywhere."""
    waiting: list[tuple[str, bool]] = [(place, False)]
    seen: set[str] = set()
    while waiting:
        current, done = waiting.pop()
        if done:
            order.append(current)
        elif current not in seen:
            seen.add(current)
            waiting.append((current, True))
            waiting += [(other, False) for other in reversed(needs(current))]
