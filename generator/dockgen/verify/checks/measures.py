"""Size by layer, operating system packages and executables; and what is left to run for practice 4."""

from __future__ import annotations

from dockgen.counting import counted
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

SIZE = Check("size", 1)
VULNERABILITIES = Check("vulnerabilities", 4)
CHECKS = (SIZE, VULNERABILITIES)
ORDER = 80


def run(session: Session) -> list[CheckResult]:
    """Report what was measured."""
    measures = session.measures
    lines = [one_line(f"{layer.unpacked / 1e6:8.2f} MB  {layer.made_by}") for layer in measures.layers]
    message = (
        f"{measures.unpacked / 1e6:.1f} MB ({measures.compressed / 1e6:.1f} MB compressed), "
        f"{counted(measures.os_packages, 'OS package')}, {counted(measures.executables, 'executable')}"
    )
    known = VULNERABILITIES.reported(
        "not looked up here: scan the pushed image, now and on a schedule (trivy image, grype, docker scout)"
    )
    return [SIZE.reported("; ".join([message, *_compared(session)]), *lines), known]


def _compared(session: Session) -> list[str]:
    """Return how the image stands to the other Dockerfile's, where one was given."""
    path, other = session.target.compare, session.measures.compared
    if path is None:
        return []
    if other is None:
        return [f"{one_line(path.name)} cannot be built, so there is nothing to compare with"]
    share = f"{session.measures.unpacked / other.unpacked:.2f} × of " if other.unpacked else ""
    return [
        f"against {one_line(other.name)}: {share}{other.unpacked / 1e6:.1f} MB, "
        f"{counted(other.os_packages, 'OS package')}, {counted(other.executables, 'executable')}, "
        f"{other.cold_seconds:.1f} s to build"
    ]
