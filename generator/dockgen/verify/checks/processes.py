"""No process in the running container is root: not by the image's user, not by an entrypoint."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.running import Variation, start
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

PROCESSES = Check("no-root-process", 2)
CHECKS = (PROCESSES,)
ORDER = 41


def run(session: Session) -> list[CheckResult]:
    """List the processes of a container that was started without restrictions, as many are in practice."""
    begun = start(session, "processes", Variation(read_only=False, hardened=False))
    if not begun.container:
        return [PROCESSES.skipped(one_line(begun.error))]
    rows = session.engine.processes(begun.container)
    if rows is None:
        return [PROCESSES.skipped("the engine's host cannot list processes")]
    faults = [one_line(f"uid {uid}: {command}") for uid, command in rows if uid in {"0", "root"}]
    users = ", ".join(sorted({uid for uid, _ in rows}))
    return [
        PROCESSES.judged(
            faults,
            "a process runs as root",
            f"{len(rows)} process{'es' * (len(rows) != 1)}, uid {one_line(users)}",
        )
    ]
