"""The folder that is written to: what is there, how it differs, and the write itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from dockgen.records import record
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
    the journal is then, too: all are written as one.
    """

    def __init__(self, root: Path, lock: Lock | None) -> None:
        self._root, self._lock = root, lock
        self._top, self._place = git.place(root) or (root, "")

    @classmethod
    def open(cls, root: Path, *, mend: bool = True) -> Target:
        """Return the target, a killed run's files mended first unless nothing may be written.

        Raises OutputError for a lock that is not dockgen's.
        """
        if mend:
            recover(root)
            recover_top(root)
        return cls(root, read_lock(root))

    def text(self, name: str) -> str | None:
        """Return what is on disk, None where nothing is."""
        content = self._content(name)
        return None if content is None else content.decode("utf-8", "replace")

    def _content(self, name: str) -> bytes | None:
        return drift.current(*self._located(name)) if self._root.is_dir() else None

    def _located(self, name: str) -> tuple[Path, str]:
        """Return a file's folder, which it must not lead out of, and its path there."""
        return (self._top, name.rpartition(_UP)[2]) if name.startswith(_UP) else (self._root, name)

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
        return "".join(drift.diff(self.text(name), text, name) for name, text in files.items())

    def write(self, files: Mapping[str, str], states: tuple[FileState, ...]) -> dict[str, str]:
        """Write all files as one; return the backups made of somebody's own work, by path."""
        with uninterrupted():
            return self._write(files, states)

    def _write(self, files: Mapping[str, str], states: tuple[FileState, ...]) -> dict[str, str]:
        kept = [state.path for state in states if state.blocks or self._loses_comments(state)]
        backups = {}
        for path in kept:
            try:
                backups[path] = back_up(self._root / path).name
            except OSError as error:
                raise failure(path, error) from error
        if not any(name.startswith(_UP) for name in files):
            write_all(self._root, files, lock_name=LOCK_NAME)
            return backups
        with held(self._root):
            located = {self._from_top(name): text for name, text in files.items()}
            write_all(self._top, located, lock_name=self._from_top(LOCK_NAME))
        return backups

    def _from_top(self, name: str) -> str:
        return name.rpartition(_UP)[2] if name.startswith(_UP) else f"{self._place}/{name}"

    def _loses_comments(self, state: FileState) -> bool:
        if state.path != answers_file.NAME or state.kind != "replaced":
            return False
        return answers_file.loses_comments(self.text(state.path) or "")


class ReplacingError(OutputError):
    """Files that would be replaced are somebody's own work; `difference` shows what would become of them."""

    def __init__(self, blocked: Sequence[FileState], difference: str) -> None:
        names = ", ".join(f"{state.path} ({state.kind})" for state in blocked)
        super().__init__(
            f"not as dockgen wrote it: {names}; nothing was written",
            f"--force replaces it and keeps a numbered backup.{_left_out(blocked)}\n\n{difference}",
        )
        self._blocked, self._difference = tuple(blocked), difference

    @property
    def details(self) -> dict[str, Any]:
        """The files with their states, and the difference by itself."""
        files = [{"path": state.path, "state": str(state.kind)} for state in self._blocked]
        return {"files": files, "diff": self._difference}


def recover_top(root: Path) -> None:
    """Mend what a killed run left at the top of the repository; another user's journal is left alone."""
    top, place = git.place(root) or (root, "")
    if place and git.is_own(top / JOURNAL):
        recover(top)


def refuse_to_replace(
    target: Target, files: Mapping[str, str], states: tuple[FileState, ...], *, whole: bool = False
) -> None:
    """Raise OutputError with a diff where a file is somebody's own work; `whole` diffs all files."""
    blocked = [state for state in states if state.blocks]
    if not blocked:
        return
    shown = {state.path: files[state.path] for state in (states if whole else blocked)}
    raise ReplacingError(blocked, target.diff(shown))


def _left_out(blocked: Sequence[FileState]) -> str:
    """Return the other way out of a file that serves the whole repository: others may need what it says."""
    if not any(state.path.startswith(_UP) for state in blocked):
        return ""
    return " Or take the lines over by hand, and leave the file out: --set ci=none, --set renovate=none."
