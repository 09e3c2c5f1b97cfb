"""The folder that is written to: what is there, how it differs, and the write itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dockgen.errors import OutputError
from dockgen.output import drift
from dockgen.output.backup import back_up
from dockgen.output.files import held, recover, write_all
from dockgen.output.interrupts import uninterrupted
from dockgen.output.lock import Lock
from dockgen.output.target import JOURNAL, failure
from dockgen.project import git
from dockgen.project.workspace import own_places
from dockgen.records import record, replace
from dockgen.setup import answers_file
from dockgen.setup.lock_file import LOCK_NAME, read_lock

# Made anew from the rest at every run; their former content is in version control, not in the lock.
_OWN = (LOCK_NAME, answers_file.NAME)
_UP = "../"


@record
class FileState:
    """What a run does to one file: `kind` is new, the same, replaced, edited or foreign; `text` is new."""

    path: str
    kind: str
    text: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it is somebody's own work, which only --force replaces."""
        return self.kind in (drift.State.EDITED, drift.State.FOREIGN)


class Target:
    """The folder; opening it rolls a run back that was killed in between.

    Files whose names begin with `../` lie at the top of the repository that holds the folder. That is where
    the journal is then, too: all are written as one. `within` is the folder's POSIX path in the one for which
    it is written with others, '' where it is alone.
    """

    def __init__(self, root: Path, lock: Lock | None, within: str = "") -> None:
        self.root, self._lock, self._within = root, lock, within
        self._top, self._place = git.place_or_top(root)

    @classmethod
    def open(cls, root: Path, within: str = "", *, mend: bool = True) -> Target:
        """Return the target, a killed run's files mended first unless nothing may be written.

        Raises OutputError for a lock that is not dockgen's.
        """
        if mend:
            recover(root)
            recover_above(root)
        return cls(root, read_lock(root), within)

    def path(self, name: str) -> str:
        """Return a file's path as the folder of the whole run sees it."""
        if not self._within:
            return name
        return name.rpartition(_UP)[2] if name.startswith(_UP) else f"{self._within}/{name}"

    def text(self, name: str) -> str | None:
        """Return what is on disk, None where nothing is."""
        content = self._content(name)
        return None if content is None else content.decode("utf-8", "replace")

    def _content(self, name: str) -> bytes | None:
        return drift.current(*self._located(name)) if self.root.is_dir() else None

    def _located(self, name: str) -> tuple[Path, str]:
        """Return a file's folder, which it must not lead out of, and its path there."""
        return (self._top, name.rpartition(_UP)[2]) if name.startswith(_UP) else (self.root, name)

    def states(self, files: Mapping[str, str]) -> tuple[FileState, ...]:
        """Return what writing would do to each file."""
        return tuple(FileState(name, self._kind(name, text), text) for name, text in files.items())

    def blocking(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of the names that are somebody's own work, whatever would be written."""
        own = (drift.State.EDITED, drift.State.FOREIGN)
        return tuple(name for name in names if name not in _OWN and self._state(name) in own)

    def _state(self, name: str) -> drift.State:
        return drift.state(self._content(name), self._lock.files.get(name) if self._lock else None)

    def _kind(self, name: str, text: str) -> str:
        there = self._content(name)
        if there is None:
            return drift.State.NEW
        if there.decode("utf-8", "replace") == text:
            return "the same"
        state = self._state(name)
        return "replaced" if state is drift.State.UNCHANGED or name in _OWN else state

    def diff(self, files: Mapping[str, str]) -> str:
        """Return the differences between disk and files."""
        return "".join(drift.diff(self.text(name), text, self.path(name)) for name, text in files.items())

    def keep(self, states: tuple[FileState, ...]) -> dict[str, str]:
        """Make backups of somebody's own work; return their names by path."""
        kept = [state.path for state in states if state.blocks or self._loses_comments(state)]
        backups = {}
        for path in kept:
            try:
                backups[path] = back_up(self.root / path).name
            except OSError as error:
                raise failure(self.path(path), error) from error
        return backups

    def way(self, top: Path, name: str) -> str:
        """Return a file's path as a folder above sees it."""
        folder, own = self._located(name)
        way = os.path.relpath(os.path.realpath(folder), os.path.realpath(top))
        return own if way == os.curdir else f"{Path(way).as_posix()}/{own}"

    def _loses_comments(self, state: FileState) -> bool:
        if state.path != answers_file.NAME or state.kind != "replaced":
            return False
        return answers_file.loses_comments(self.text(state.path) or "")


@record
class Part:
    """What a run writes into one folder: all files by name, and what that does to each."""

    target: Target
    files: Mapping[str, str]
    states: tuple[FileState, ...]

    @property
    def blocked(self) -> list[FileState]:
        """The files that are somebody's own work."""
        return [state for state in self.states if state.blocks]

    def diff(self, *, whole: bool = True) -> str:
        """Return the differences between disk and files, only of what is blocked unless `whole`."""
        shown = self.states if whole else self.blocked
        return self.target.diff({state.path: self.files[state.path] for state in shown})


def write_set(root: Path, parts: Sequence[Part]) -> list[dict[str, str]]:
    """Write all files of some folders below a root as one; return each part's backups by path.

    The journal is at the top of the repository where there are several folders, or files of the top itself:
    a run for any of the folders finds it there.
    """
    several = [part.target.root for part in parts] != [root]
    up = several or any(name.startswith(_UP) for part in parts for name in part.files)
    top = git.place_or_top(root)[0] if up else root
    located: dict[str, str] = {}
    for part in parts:
        for name, text in part.files.items():
            if located.setdefault(part.target.way(top, name), text) != text:
                raise _contradiction(part.target.path(name))
    with uninterrupted(), ExitStack() as holds:
        for folder in {root, *(part.target.root for part in parts)}:
            if folder.is_dir() and not folder.samefile(top):
                holds.enter_context(held(folder))
        backups = [part.target.keep(part.states) for part in parts]
        write_all(top, located, lock_name=LOCK_NAME)
    return backups


def _contradiction(path: str) -> OutputError:
    return OutputError(
        f"{path}: one file for the whole repository, and the apps differ in what it should say",
        "leave it out, and write it by hand: --set ci=none, --set renovate=none",
    )


class ReplacingError(OutputError):
    """Files that would be replaced are somebody's own work; `difference` shows what would become of them."""

    def __init__(self, blocked: Sequence[FileState], difference: str, besides: str = "") -> None:
        names = ", ".join(f"{state.path} ({state.kind})" for state in blocked)
        super().__init__(
            f"not as dockgen wrote it: {names}; nothing was written",
            f"--force replaces it and keeps a numbered backup.{besides}\n\n{difference}",
        )
        self._blocked, self._difference = tuple(blocked), difference

    @property
    def details(self) -> dict[str, Any]:
        """The files with their states, and the difference by itself."""
        files = [{"path": state.path, "state": str(state.kind)} for state in self._blocked]
        return {"files": files, "diff": self._difference}


def recover_above(root: Path) -> None:
    """Mend what a killed run left in a folder above, the top of the repository at most.

    Another user's journal is left alone.
    """
    real = Path(os.path.realpath(root))
    top, place = git.place_or_top(real)
    for folder in sorted({*own_places(real), *([top] if place else [])} - {real}):
        if git.is_own(folder / JOURNAL):
            recover(folder)


def refuse_to_replace(parts: Sequence[Part], *, whole: bool = False) -> None:
    """Raise OutputError with a diff where a file is somebody's own work; `whole` diffs all files."""
    blocked = [state for part in parts for state in part.blocked]
    if not blocked:
        return
    named = [replace(state, path=part.target.path(state.path)) for part in parts for state in part.blocked]
    shown = [part for part in parts if whole or part.blocked]
    raise ReplacingError(named, "".join(part.diff(whole=whole) for part in shown), _left_out(blocked))


def _left_out(blocked: Sequence[FileState]) -> str:
    """Return the other way out of a file that serves the whole repository: others may need what it says."""
    if not any(state.path.startswith(_UP) for state in blocked):
        return ""
    return " Or take the lines over by hand, and leave the file out: --set ci=none, --set renovate=none."
