"""The image's user is numeric and not root: Kubernetes' runAsNonRoot refuses names."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

USER = Check("user", 2)
CHECKS = (USER,)
ORDER = 20


def run(session: Session) -> list[CheckResult]:
    """Look at the image's USER."""
    user = str(session.main.image.settings.get("User") or "")
    shown = one_line(user, 40)
    name, _, group = user.partition(":")
    if name in {"", "root"} or (name.isdigit() and int(name) == 0):
        return [
            USER.failed(
                f"the container starts as root (USER is {shown!r}), whatever its entrypoint does later"
            )
        ]
    if not name.isdigit() or (group and not group.isdigit()):
        return [USER.failed(f"USER {shown!r} is not numeric: Kubernetes' runAsNonRoot cannot check it")]
    return [USER.passed(f"runs as {shown}")]
