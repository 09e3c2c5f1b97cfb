"""The container starts with nothing but what was declared, and answers its health route."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

HARDENED = Check("hardened-start", 2)
CHECKS = (HARDENED,)
ORDER = 40
FLAGS = "--read-only --cap-drop ALL --security-opt no-new-privileges --pids-limit --memory"


def run(session: Session) -> list[CheckResult]:
    """Start once, hardened."""
    start = session.start
    declared = ", ".join(f"{w.kind} {w.path}" for w in session.target.contract.writable) or "no writable path"
    if start.error:
        return [
            HARDENED.failed(
                f"does not answer when hardened: {one_line(start.error, 400)}", *map(one_line, start.output)
            )
        ]
    return [HARDENED.passed(f"{start.answer} after {start.seconds:.1f} s", f"{FLAGS}; {declared}")]
