"""Where a file may be written: inside the target folder, onto a regular file or nothing."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from dockgen.errors import OutputError
from dockgen.records import record

JOURNAL = ".dockgen.journal"


@record
class Target:
    """A place that was checked: its path as asked for, the file on disk, and its state."""

    path: str
    full: Path
    status: os.stat_result | None


def check_target(root: Path, path: str) -> Target:
    """Return the target of a POSIX path relative to the root.

    A symlink to a file inside the root is followed, as an editor would. Raises OutputError for a path that
    leads out of the root, and where a folder, a special file or a read-only file is in the way.
    """
    parts = path.split("/")
    if not path.isprintable() or "\\" in path or {"", ".", ".."} & set(parts) or parts[0] == JOURNAL:
        raise OutputError(
            f"{path!r} is not a path that can be written", "Use a relative path of plain names."
        )
    boundary = os.path.realpath(root)
    full = Path(os.path.realpath(Path(boundary, path)))
    if Path(boundary) not in full.parents:
        raise OutputError(
            f"{path}: the symlink leads out of {root}",
            "Replace the symlink by a file or folder, or remove it.",
        )
    return Target(path, full, _status(full, path))


def _status(full: Path, path: str) -> os.stat_result | None:
    try:
        status = full.lstat()
    except FileNotFoundError:
        _check_parents(full.parent, path)
        return None
    except NotADirectoryError as error:
        raise OutputError(f"{path}: a file is in the way of its folder", "Move the file away.") from error
    except OSError as error:
        raise failure(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        raise OutputError(f"{path}: a folder is in the way", "Move the folder away.")
    if not stat.S_ISREG(status.st_mode):
        raise OutputError(f"{path}: not a regular file", "Remove it.")
    if not _may(full, os.W_OK):
        raise OutputError(f"{path}: the file is read-only", "Give yourself the right to write it.")
    _check_parents(full.parent, path)
    return status


def _check_parents(folder: Path, path: str) -> None:
    """Refuse early what would fail when the files are moved into place."""
    while not os.path.lexists(folder):
        folder = folder.parent
    if not folder.is_dir():
        raise OutputError(f"{path}: a file is in the way of its folder", "Move the file away.")
    if not _may(folder, os.W_OK | os.X_OK):
        raise OutputError(f"{path}: the folder is read-only", "Write to another folder with --output.")


def _may(place: Path, mode: int) -> bool:
    return os.access(place, mode, effective_ids=os.access in os.supports_effective_ids)


def failure(path: str, error: OSError) -> OutputError:
    """Return the error for an operation that the system refused."""
    import errno

    hints = {
        errno.ENOSPC: "Free some space, then run the command again.",
        errno.EDQUOT: "Free some space, then run the command again.",
        errno.EROFS: "Write to another folder with --output.",
        errno.EEXIST: "A file is in the way: name a folder with --output.",
        errno.ENOENT: "Write to another folder with --output.",
        errno.EACCES: "Give yourself the right to write there, or use --output.",
        errno.EPERM: "Give yourself the right to write there, or use --output.",
    }
    reason = error.strerror or str(error)
    hint = hints.get(error.errno or 0, "Mend the cause, then run the command again.")
    return OutputError(f"{path}: cannot be written: {reason}", hint)
