"""No file is setuid or setgid beyond those that the base image brings, which are listed."""

from __future__ import annotations

from dockgen.verify.filesystem import Entry
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

SETID = Check("setid", 2)
CHECKS = (SETID,)
ORDER = 21


def run(session: Session) -> list[CheckResult]:
    """Look for the mode bits 04000 and 02000 on files."""
    found = [entry for entry in session.files.files() if entry.mode & 0o6000]
    own = [_shown(entry) for entry in found if entry.layer >= session.base_layers]
    if own:
        return [SETID.failed("setuid or setgid files that the base image does not have", *own)]
    base = [_shown(entry) for entry in found]
    return [SETID.passed(f"none of its own; {len(base)} from the base image", *base)]


def _shown(entry: Entry) -> str:
    return one_line(f"{entry.mode:04o} {entry.uid}:{entry.gid} {entry.path}")
