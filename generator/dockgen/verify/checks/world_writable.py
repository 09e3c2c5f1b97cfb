"""No path is writable for everybody, beyond /tmp's kind (sticky folders) and declared paths."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.paths import below_any
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

WORLD = Check("world-writable", 2)
CHECKS = (WORLD,)
ORDER = 22


def run(session: Session) -> list[CheckResult]:
    """Look for the mode bit 02 on files and folders that have no sticky bit."""
    declared = [writable.path for writable in session.target.contract.writable]
    faults = [
        one_line(f"{entry.mode:04o} {entry.path}")
        for entry in session.files.entries.values()
        if entry.kind in {"file", "folder"}
        and entry.mode & 0o002
        and not (entry.kind == "folder" and entry.mode & 0o1000)
        and not below_any(entry.path, declared)
    ]
    return [
        WORLD.judged(faults, "paths that everybody can write to", "none beyond sticky folders such as /tmp")
    ]
