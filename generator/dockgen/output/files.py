"""Writing the generated files: all of them or none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dockgen.errors import OutputError
from dockgen.output.disk import Checkpoint, Disk, silent
from dockgen.output.journal import Journal, Recovery
from dockgen.output.target import JOURNAL, Target, check_target, failure
from dockgen.records import record


@record
class WriteResult:
    """What a write did: paths whose content changed, paths that were as they should be already.

    `recovered` says what was done about a run that had been killed before.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    recovered: Recovery = "nothing"


def write_all(
    root: Path,
    files: Mapping[str, str | bytes],
    *,
    lock_name: str = "dockgen.lock",
    checkpoint: Checkpoint = silent,
) -> WriteResult:
    """Write several files as one, locks last; text as UTF-8, its line ends untouched.

    Paths are POSIX, relative to the root, which is made where it is missing. Existing files keep their
    mode, new ones get 0644 within the umask. Raises OutputError, with the old files in place.
    `checkpoint` is called before every step that changes the disk.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _journal(root, checkpoint) as journal:
            return _write(journal, files, lock_name)
    except OSError as error:
        raise failure(str(error.filename or root), error) from error


def _write(journal: Journal, files: Mapping[str, str | bytes], lock_name: str) -> WriteResult:
    recovered = journal.recover()
    ordered = sorted(files.items(), key=lambda item: (item[0].rpartition("/")[2] == lock_name, item[0]))
    contents = [
        (check_target(journal.root, path), content.encode() if isinstance(content, str) else content)
        for path, content in ordered
    ]
    _refuse_doubles([target.full for target, _ in contents])
    changed = [(target, content) for target, content in contents if not _is_already(target, content)]
    if changed:
        journal.replace(changed)
    written = tuple(target.path for target, _ in changed)
    unchanged = tuple(target.path for target, _ in contents if target.path not in written)
    return WriteResult(written, unchanged, recovered)


def _is_already(target: Target, content: bytes) -> bool:
    if target.status is None or target.status.st_size != len(content):
        return False
    return target.full.read_bytes() == content


def _refuse_doubles(places: list[Path]) -> None:
    for place in places:
        if places.count(place) > 1:
            raise OutputError(
                f"{place.name}: two of the files to write are the same file", "Remove the symlink."
            )


def recover(root: Path, *, checkpoint: Checkpoint = silent) -> Recovery:
    """Finish or roll back what a killed run left in a folder; raises OutputError where it cannot be."""
    if not os.path.lexists(root / JOURNAL):
        return "nothing"
    try:
        with _journal(root, checkpoint) as journal:
            return journal.recover()
    except OSError as error:
        raise failure(str(error.filename or root), error) from error


@contextmanager
def _journal(root: Path, checkpoint: Checkpoint) -> Iterator[Journal]:
    with held(root):
        yield Journal(root, Disk(checkpoint))


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Hold a folder for one run at a time; the system lets go when a run is killed."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        message = f"{root}: another run of dockgen is writing here"
        raise OutputError(message, "Wait until it is done.") from error
    finally:
        os.close(descriptor)
