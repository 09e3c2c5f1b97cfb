"""Where things are in an image: paths below others, and what the run-time user may write to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dockgen.verify.filesystem import Entry, Filesystem

if TYPE_CHECKING:
    from dockgen.verify.session import Session

SYSTEM_BINARIES = ("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/")


def below(path: str, folder: str) -> bool:
    """Say whether a path is the folder or lies in it."""
    folder = folder.rstrip("/")
    return path == folder or path.startswith(folder + "/")


def below_any(path: str, folders: Iterable[str]) -> bool:
    """Say whether a path lies in one of the folders."""
    return any(below(path, folder) for folder in folders)


def runtime_ids(session: Session) -> tuple[int, set[int]]:
    """Return uid and gids of the image's user, names looked up in its passwd; root where unknown."""
    user, _, group = str(session.main.image.settings.get("User") or "0").partition(":")
    rows = [row.split(":") for row in session.files.text("/etc/passwd").splitlines()]
    row = next((r for r in rows if len(r) > 5 and user in {r[0], r[2]}), None)
    uid = int(user) if user.isdigit() else _number(row[2] if row else "")
    gid = int(group) if group.isdigit() else _number(row[3] if row else "")
    return uid, {gid}


def home(session: Session, uid: int) -> str | None:
    """Return the user's home folder by the image's passwd; None for / and unknown users."""
    for line in session.files.text("/etc/passwd").splitlines():
        row = line.split(":")
        if len(row) > 5 and row[2] == str(uid) and row[5] not in {"", "/"}:
            return row[5]
    return None


def may_write(entry: Entry, uid: int, gids: set[int]) -> bool:
    """Say whether the user can write there: by the mode bits, which an owner may change at any time."""
    if entry.uid == uid:
        return True
    if entry.gid in gids:
        return bool(entry.mode & 0o020)
    return bool(entry.mode & 0o002)


def executables(files: Filesystem) -> list[Entry]:
    """Return the files that can be executed: ELF programs and scripts, no libraries."""
    return [e for e in files.files() if e.mode & 0o111 and e.size and ".so" not in e.path.rpartition("/")[2]]


def programs(files: Filesystem) -> dict[str, list[Entry]]:
    """Return name to entries (programs, and links to them) in every folder that is a bin/."""
    found: dict[str, list[Entry]] = {}
    for path, entry in files.entries.items():
        if entry.kind == "folder" or not ("/bin/" in path or path.startswith(SYSTEM_BINARIES)):
            continue
        real = files.resolve(path) if entry.kind == "symlink" else entry
        if real and real.mode & 0o111:
            found.setdefault(path.rpartition("/")[2], []).append(entry)
    return found


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
