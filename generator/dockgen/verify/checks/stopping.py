"""The stop signal ends the container within its grace period, without SIGKILL; it then starts again."""

from __future__ import annotations

import time

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.running import Variation, start, wait_until_up
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

STOPS = Check("stops-in-time", 0)
RESTARTS = Check("restarts", 0)
CHECKS = (STOPS, RESTARTS)
ORDER = 43
KILLED = 137


def run(session: Session) -> list[CheckResult]:
    """Stop and start one container."""
    if session.start.error:
        return [check.skipped("the container does not start hardened") for check in CHECKS]
    begun = start(session, "stop", Variation())
    if begun.error:
        return [STOPS.skipped(one_line(begun.error)), RESTARTS.skipped(one_line(begun.error))]
    return [_stops(session, begun.container), _restarts(session, begun.container)]


def _stops(session: Session, container: str) -> CheckResult:
    grace = session.target.contract.grace_seconds
    began = time.monotonic()
    session.engine.stop(container, grace)
    took = time.monotonic() - began
    state = session.engine.state(container)
    if state.running or state.exit_code == KILLED:
        return STOPS.failed(f"ignores the stop signal: killed after {grace} s")
    return STOPS.passed(f"ended after {took:.1f} s of {grace} s with exit code {state.exit_code}")


def _restarts(session: Session, container: str) -> CheckResult:
    session.engine.start(container)
    error, answer = wait_until_up(session, container)
    if error:
        return RESTARTS.failed(
            f"does not come back: {one_line(error)}", one_line(session.engine.logs(container))
        )
    return RESTARTS.passed(f"after a stop: {answer}")
