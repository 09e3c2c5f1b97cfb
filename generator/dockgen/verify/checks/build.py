"""The Dockerfile builds from nothing, with canaries for secrets and bait in the context."""

from __future__ import annotations

from dockgen.counting import counted
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

BUILD = Check("build", 9)
CHECKS = (BUILD,)
ORDER = 0


def run(session: Session) -> list[CheckResult]:
    """Build once with nothing cached."""
    outcome = session.main.outcome
    if not outcome.succeeded:
        ends = [one_line(line) for line in [*outcome.error.splitlines(), *outcome.log.tail()]]
        return [BUILD.failed("the build fails", *ends, *_hints(session))]
    stages = len(session.source.stages)
    unused = [f"no canary in {name}: the project has its own" for name in session.unused_baits]
    return [
        BUILD.passed(f"built in {outcome.seconds:.1f} s, {counted(stages, 'stage')}, nothing cached", *unused)
    ]


def _hints(session: Session) -> list[str]:
    without = [name for name in session.secret_files if name not in session.target.secrets]
    return [
        f"the secret {name} was a random canary: give a working one with --secret id={name},…"
        for name in without
    ]
