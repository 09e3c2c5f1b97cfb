"""Several files written as one.

All new content is written beside the target first, in `.dockgen.journal/`. Renaming its `plan` to `commit`
decides: before, nothing was touched and the journal is thrown away; after, each file is moved into place,
and a run that is killed meanwhile is finished by the next one. Moving needs no space. Should it fail all the
same, `commit` becomes `abort`, and the old files, kept under a second name, are moved back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from dockgen.errors import OutputError
from dockgen.output.backup import back_up
from dockgen.output.disk import Disk
from dockgen.output.target import JOURNAL, Target, check_target
from dockgen.records import record

PLAN_LIMIT = 16 * 1024 * 1024
Recovery = Literal["nothing", "rolled back", "finished"]


@record
class Entry:
    """One file of a plan; digests are of its content, `before` is None where there was no file."""

    path: str
    before: str | None
    after: str


@record
class Journal:
    """The journal of a target folder."""

    root: Path
    disk: Disk

    @property
    def folder(self) -> Path:
        """Where the journal lies."""
        return self.root / JOURNAL

    def replace(self, contents: Sequence[tuple[Target, bytes]]) -> None:
        """Put new content into all targets; raises OSError or OutputError with the old content in place."""
        self.disk.make_folder(self.folder)
        try:
            entries = self._prepare(contents)
            self.disk.rename(self.folder / "plan", self.folder / "commit")
        except BaseException:
            self._discard_quietly()
            raise
        self._finish(entries)
        # The files are in place: a journal that cannot be removed now is removed by the next run.
        self._discard_quietly()

    def _prepare(self, contents: Sequence[tuple[Target, bytes]]) -> list[Entry]:
        """Write all that is needed to go either way; nothing of the target is touched."""
        entries: list[Entry] = []
        for index, (target, content) in enumerate(contents):
            self.disk.write(self.folder / f"new.{index}", content, target.status)
            before = None
            if target.status:
                before = digest_of(target.full)
                self.disk.link_or_copy(target.full, self.folder / f"old.{index}", target.status)
            entries.append(Entry(target.path, before, _digest(content)))
        plan = json.dumps([vars(entry) for entry in entries]).encode()
        self.disk.write(self.folder / "plan", plan)
        self.disk.sync_folder(self.folder)
        return entries

    def _finish(self, entries: Sequence[Entry]) -> None:
        """Move the new files into place; where that fails, the old ones back."""
        try:
            self.disk.sync_folder(self.folder)
            self._move_in(entries)
        except (OSError, OutputError):
            self.disk.rename(self.folder / "commit", self.folder / "abort")
            self._move_back(entries)
            self._discard_quietly()
            raise

    def _discard_quietly(self) -> None:
        with suppress(OSError):
            self.discard()

    def _move_in(self, entries: Sequence[Entry]) -> None:
        folders = set()
        for index, entry in enumerate(entries):
            new = self.folder / f"new.{index}"
            target = check_target(self.root, entry.path)
            current = digest_of(target.full) if target.status else None
            if current == entry.after or not _is_own(new):
                continue
            if current not in (entry.before, None):
                # Edited between a run that was killed and this one.
                back_up(target.full, self.disk)
            _make_parents(target.full.parent, self.disk)
            self.disk.rename(new, target.full)
            folders.add(target.full.parent)
        for folder in folders:
            self.disk.sync_folder(folder)

    def _move_back(self, entries: Sequence[Entry]) -> None:
        for index, entry in enumerate(entries):
            old = self.folder / f"old.{index}"
            target = check_target(self.root, entry.path)
            if not target.status or digest_of(target.full) != entry.after or entry.before == entry.after:
                continue
            if entry.before is None:
                self.disk.remove(target.full)
            elif _is_own(old):
                self.disk.rename(old, target.full)

    def discard(self) -> None:
        """Remove the journal; the decision goes first, so that what is left of it means nothing."""
        for name in ("commit", "abort"):
            self.disk.remove(self.folder / name)
        for file in sorted(self.folder.iterdir()):
            self.disk.remove(file)
        self.disk.remove_folder(self.folder)
        self.disk.sync_folder(self.root)

    def recover(self) -> Recovery:
        """Finish or roll back what a killed run left; raises OutputError for a journal that is none."""
        if self.folder.is_symlink() or (self.folder.exists() and not self.folder.is_dir()):
            raise OutputError(f"{JOURNAL}: not a folder of dockgen's", "Remove it.")
        if not self.folder.exists():
            return "nothing"
        committed = (self.folder / "commit").exists()
        if committed:
            self._finish(self._entries("commit"))
        elif (self.folder / "abort").exists():
            self._move_back(self._entries("abort"))
        self.discard()
        return "finished" if committed else "rolled back"

    def _entries(self, name: str) -> list[Entry]:
        file = self.folder / name
        try:
            if not _is_own(file) or file.stat().st_size > PLAN_LIMIT:
                raise ValueError("not a regular file of reasonable size")
            return [_entry(item) for item in json.loads(file.read_bytes())]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            hint = f"Look at {JOURNAL}/new.* for the files of the broken run, then remove {JOURNAL}."
            raise OutputError(f"{JOURNAL}/{name}: cannot be understood: {error}", hint) from error


def _entry(item: dict[str, str | None]) -> Entry:
    path, before, after = item["path"], item["before"], item["after"]
    if not isinstance(path, str) or not _is_digest(after) or not (before is None or _is_digest(before)):
        raise ValueError("an entry is malformed")
    return Entry(path, before, str(after))


def _is_digest(text: object) -> bool:
    return isinstance(text, str) and bool(re.fullmatch(r"[0-9a-f]{64}", text))


def _is_own(file: Path) -> bool:
    """Whether it is a regular file, and no link to something else."""
    return file.is_file() and not file.is_symlink()


def _make_parents(folder: Path, disk: Disk) -> None:
    if not folder.is_dir():
        _make_parents(folder.parent, disk)
        with suppress(FileExistsError):
            disk.make_folder(folder)
        disk.sync_folder(folder.parent)


def _digest(content: bytes) -> str:
    # Not at the top: loading OpenSSL takes milliseconds, and a run that fails has no use for it.
    import hashlib

    return hashlib.sha256(content).hexdigest()


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    import hashlib

    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
