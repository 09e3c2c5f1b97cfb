"""The folder that is written to: what is there, how it differs, and the write itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dockgen.errors import OutputError
from dockgen.output import drift
from dockgen.output.backup import back_up
from dockgen.output.files import recover, write_all
from dockgen.output.interrupts import uninterrupted
from dockgen.output.lock import Lock
from dockgen.output.target import failure
from dockgen.records import record
from dockgen.setup import answers_file
from dockgen.setup.lock_file import LOCK_NAME, read_lock

# Made anew from the rest at every run; their former content is in version control, not in the lock.
_OWN = (LOCK_NAME, answers_file.NAME)


@record
class FileState:
    """What a run does to one file: `kind` is new, the same, replaced, edited or foreign."""

    path: str
    kind: str

    @property
    def blocks(self) -> bool:
        """Whether it is somebody's own work, which only --force replaces."""
        return self.kind in (drift.State.EDITED, drift.State.FOREIGN)


class Target:
    """The folder; opening it rolls a run back that was killed in between."""

    def __init__(self, root: Path, lock: Lock | None) -> None:
        self._root, self._lock = root, lock

    @classmethod
    def open(cls, root: Path, *, mend: bool = True) -> Target:
        """Return the target, a killed run's files mended first unless nothing may be written.

        Raises OutputError for a lock that is not dockgen's.
        """
        if mend:
            recover(root)
        return cls(root, read_lock(root))

    def text(self, name: str) -> str | None:
        """Return what is on disk, None where nothing is."""
        content = drift.current(self._root, name) if self._root.is_dir() else None
        return None if content is None else content.decode("utf-8", "replace")

    def states(self, files: Mapping[str, str]) -> tuple[FileState, ...]:
        """Return what writing would do to each file."""
        found = drift.states(self._root, files, self._lock)
        return tuple(FileState(name, self._kind(name, text, found[name])) for name, text in files.items())

    def _kind(self, name: str, text: str, state: drift.State) -> str:
        there = self.text(name)
        if there is None:
            return drift.State.NEW
        if there == text:
            return "the same"
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
        write_all(self._root, files, lock_name=LOCK_NAME)
        return backups

    def _loses_comments(self, state: FileState) -> bool:
        if state.path != answers_file.NAME or state.kind != "replaced":
            return False
        return answers_file.loses_comments(self.text(state.path) or "")


def refuse_to_replace(
    target: Target, files: Mapping[str, str], states: tuple[FileState, ...], *, whole: bool = False
) -> None:
    """Raise OutputError with a diff where a file is somebody's own work; `whole` diffs all files."""
    blocked = [state for state in states if state.blocks]
    if not blocked:
        return
    names = ", ".join(f"{state.path} ({state.kind})" for state in blocked)
    raise OutputError(
        f"not as dockgen wrote it: {names}; nothing was written",
        f"--force replaces it and keeps a numbered backup.\n\n"
        f"{target.diff({state.path: files[state.path] for state in (states if whole else blocked)})}",
    )
