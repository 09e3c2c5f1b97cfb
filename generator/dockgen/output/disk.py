"""The few operations that change a disk; each is announced, so that a test can stop before any of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from dockgen.records import record

Checkpoint = Callable[[str], None]
CHUNK = 1 << 16


def silent(step: str) -> None:
    """Announce nothing."""
    del step


@record
class Disk:
    """Operations of a file system; `checkpoint` is called with a name before each."""

    checkpoint: Checkpoint = silent

    def make_folder(self, folder: Path) -> None:
        """Make one folder."""
        self.checkpoint(f"mkdir {folder.name}")
        folder.mkdir(mode=0o777)

    def write(self, file: Path, content: bytes, status: os.stat_result | None = None) -> None:
        """Write a file that is not there yet, down to the disk; with mode and owner of `status`."""
        self.checkpoint(f"create {file.name}")
        flags = (
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        )
        descriptor = os.open(file, flags, 0o644)
        try:
            for start in range(0, len(content), CHUNK):
                self._write_chunk(descriptor, content[start : start + CHUNK], file.name)
            if status is not None:
                self._keep_mode(file, status)
            self.checkpoint(f"fsync {file.name}")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _write_chunk(self, descriptor: int, chunk: bytes, name: str) -> None:
        while chunk:
            self.checkpoint(f"write {name}")
            chunk = chunk[os.write(descriptor, chunk) :]

    def _keep_mode(self, file: Path, status: os.stat_result) -> None:
        self.checkpoint(f"chmod {file.name}")
        if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
            try:
                os.chown(file, status.st_uid, status.st_gid)
            except OSError:
                # Another's file in a folder of ours: the content may be replaced, the owner not kept.
                self.checkpoint(f"owner of {file.name} not kept")
        file.chmod(status.st_mode & 0o7777)

    def link_or_copy(self, source: Path, copy: Path, status: os.stat_result) -> None:
        """Give a file a second name; where the file system has no hard links, copy it."""
        self.checkpoint(f"link {copy.name}")
        try:
            os.link(source, copy, follow_symlinks=False)
        except (OSError, NotImplementedError):
            self.write(copy, source.read_bytes(), status)

    def rename(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, in one step."""
        self.checkpoint(f"rename {source.name} {target.name}")
        os.replace(source, target)  # noqa: PTH105 - the name says that it is atomic

    def remove(self, file: Path) -> None:
        """Remove a file that may be gone already."""
        self.checkpoint(f"unlink {file.name}")
        file.unlink(missing_ok=True)

    def remove_folder(self, folder: Path) -> None:
        """Remove an empty folder."""
        self.checkpoint(f"rmdir {folder.name}")
        folder.rmdir()

    def sync_folder(self, folder: Path) -> None:
        """Bring a folder's names down to the disk; Windows cannot, and needs not."""
        self.checkpoint(f"fsync {folder.name}/")
        if os.name == "posix":
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
