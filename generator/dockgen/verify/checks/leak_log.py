"""No canary is in the build's log: CI systems keep logs for anybody to read."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

LOG = Check("leak-log", 5)
CHECKS = (LOG,)
ORDER = 11


def run(session: Session) -> list[CheckResult]:
    """Search what the steps wrote, and the engine's own events."""
    log = session.main.outcome.log
    places = {"a step's output": bytes(log.output), "the progress events": bytes(log.raw)}
    places["the engine's output"] = session.main.outcome.output
    faults = [
        one_line(f"{hit} in {place}")
        for place, data in places.items()
        for hit in session.haystack.search(data)
    ]
    if log.truncated and not faults:
        return [LOG.skipped(f"only the first {len(log.raw) >> 20} MB of the build's log was searched")]
    return [
        LOG.judged(faults, "a secret is in the build's log", f"no canary in {len(log.raw) >> 10} KB of log")
    ]
