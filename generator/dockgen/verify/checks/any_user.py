"""An arbitrary user with group 0, as OpenShift runs containers: reported, since not every app can."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.running import Variation, start
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

ANY_USER = Check("any-user", 2)
CHECKS = (ANY_USER,)
ORDER = 45
USER = "1000680000:0"


def run(session: Session) -> list[CheckResult]:
    """Start hardened with an uid that the image does not know."""
    if session.start.error:
        return [ANY_USER.skipped("the container does not start hardened")]
    begun = start(session, "any-user", Variation(user=USER))
    if begun.error:
        return [
            ANY_USER.reported(
                f"does not run as {USER} (OpenShift): {one_line(begun.error)}", *map(one_line, begun.output)
            )
        ]
    return [ANY_USER.reported(f"runs as {USER} (OpenShift): {begun.answer}")]
