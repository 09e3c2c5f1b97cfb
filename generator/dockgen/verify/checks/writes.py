"""While it runs the container writes nowhere but to declared paths."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.paths import below, below_any
from dockgen.verify.running import Variation, start
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

WRITES = Check("writes-only-declared", 2)
CHECKS = (WRITES,)
ORDER = 44
# What engines themselves put into a container.
ENGINE_PATHS = (
    "/dev",
    "/proc",
    "/sys",
    "/etc/hosts",
    "/etc/hostname",
    "/etc/resolv.conf",
    "/.dockerenv",
    "/run/.containerenv",
)


def run(session: Session) -> list[CheckResult]:
    """Run with a writable root, answer requests, and list what changed."""
    if session.start.error:
        return [WRITES.skipped("the container does not start hardened")]
    begun = start(session, "writes", Variation(read_only=False))
    if begun.error:
        return [WRITES.skipped(one_line(begun.error))]
    declared = [writable.path for writable in session.target.contract.writable]
    changes = session.engine.changes(begun.container)
    faults = [one_line(f"{kind} {path}") for kind, path in written(changes, declared)]
    good = f"nothing written outside {', '.join(declared)}" if declared else "nothing written"
    return [WRITES.judged(faults, "writes outside declared paths", good)]


def written(changes: list[tuple[str, str]], declared: list[str]) -> list[tuple[str, str]]:
    """Return the changes that are not declared; a folder counts only by what changed in it."""
    found = [(kind, path) for kind, path in changes if not below_any(path, [*declared, *ENGINE_PATHS])]
    paths = [path for _, path in changes]
    return [
        (kind, path)
        for kind, path in found
        if not (kind == "C" and any(other != path and below(other, path) for other in paths))
    ]
