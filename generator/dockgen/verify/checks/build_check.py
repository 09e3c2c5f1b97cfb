"""BuildKit's own checks find nothing."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

BUILD_CHECK = Check("build-checks", 10)
CHECKS = (BUILD_CHECK,)
ORDER = 5


def run(session: Session) -> list[CheckResult]:
    """Run `docker build --check`."""
    warnings = session.engine.warnings(session.request())
    if warnings is None:
        return [BUILD_CHECK.skipped(f"{session.engine.name} has no build checks")]
    faults = [one_line(line) for line in warnings]
    return [BUILD_CHECK.judged(faults, "BuildKit warns", "docker build --check: no warnings")]
