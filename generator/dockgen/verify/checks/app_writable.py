"""No file of the application can be changed by the user it runs as: an intruder cannot rewrite the code."""

from __future__ import annotations

import posixpath

from dockgen.verify.filesystem import Entry
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.paths import below, below_any, home, may_write, runtime_ids
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

APP = Check("app-writable", 2)
CHECKS = (APP,)
ORDER = 23


def run(session: Session) -> list[CheckResult]:
    """Look at owner and mode of everything that the base image does not bring."""
    uid, gids = runtime_ids(session)
    if uid == 0:
        return [APP.skipped("the container runs as root, who may write anywhere")]
    allowed = [writable.path for writable in session.target.contract.writable]
    own_home = home(session, uid)
    if own_home and not _holds_application(session, own_home):
        allowed.append(own_home)
    faults = [
        one_line(f"{entry.kind} {entry.mode:04o} {entry.uid}:{entry.gid} {entry.path}")
        for entry in session.files.entries.values()
        if _counts(entry, session.base_layers)
        and may_write(entry, uid, gids)
        and not below_any(entry.path, allowed)
    ]
    bad = f"the user {uid} can change {len(faults)} paths of the application"
    return [APP.judged(faults, bad, f"the user {uid} can change nothing of the application")]


def _counts(entry: Entry, base_layers: int) -> bool:
    if entry.layer < base_layers or entry.kind not in {"file", "hardlink", "folder"}:
        return False
    return not (entry.kind == "folder" and entry.mode & 0o1000)


def _holds_application(session: Session, folder: str) -> bool:
    """Say whether a home folder is more than a home: the working folder or programs are in it."""
    settings = session.main.image.settings
    words = [*(settings.get("Entrypoint") or []), *(settings.get("Cmd") or [])]
    places = [posixpath.join(str(settings.get("WorkingDir") or "/"), str(word)) for word in words]
    places.append(str(settings.get("WorkingDir") or "/"))
    # A word such as `python` is a program found elsewhere, and no file of the working folder.
    inside = [place for place in map(posixpath.normpath, places) if below(place, folder)]
    return any(_has_files(session, folder) if p == folder else p in session.files.entries for p in inside)


def _has_files(session: Session, folder: str) -> bool:
    files = (e for e in session.files.files() if below(e.path, folder) and e.layer >= session.base_layers)
    return any(not posixpath.basename(entry.path).startswith(".") for entry in files)
