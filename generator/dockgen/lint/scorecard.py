"""How a Dockerfile keeps the ten practices: what the file proves, what breaks them, what is left to run.

Nothing is claimed that files cannot show: whether an image's signature was verified, or whether somebody
scans and watches it, is never more than "not provable from files".
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import image_uses
from dockgen.lint.judges import JUDGES, Subject
from dockgen.lint.model import Context, Finding, Severity
from dockgen.lint.practice import TITLES, Evidence, PracticeScore, Status, kept
from dockgen.records import replace

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

__all__ = ["TITLES", "Evidence", "PracticeScore", "Status", "kept", "score_report", "scorecard"]


def scorecard(
    dockerfile: Dockerfile,
    findings: Sequence[Finding],
    context: Context | None = None,
    *,
    whole: bool = True,
) -> list[PracticeScore]:
    """Return the ten verdicts; `whole` says that every engine ran, hadolint among them."""
    stage = dockerfile.final_stage
    if stage is None or dockerfile.problems:
        return [
            PracticeScore(number, Status.OPEN, (Evidence("there is no image to judge"),)) for number in TITLES
        ]
    uses = image_uses(dockerfile)
    subject = Subject(dockerfile, stage, context or Context(), whole, uses, findings)
    return [_score(number, subject) for number in TITLES]


def score_report(report: Report) -> list[PracticeScore]:
    """Return the verdicts for a report; its build context is listed if another process has looked at it."""
    context = report.context
    if context.build is None and context.root is not None:
        from dockgen.lint.context_roots import build_context

        context = replace(context, build=build_context(context.root, Path(report.path)))
    return scorecard(report.dockerfile, report.findings, context, whole=report.whole)


def _score(number: int, subject: Subject) -> PracticeScore:
    status, evidence, left = JUDGES[number](subject)
    mine = [f for f in subject.findings if f.practice == number or (number == 10 and f.practice is None)]
    against = [Evidence(f"{' '.join(f.ids)}: {f.message}", f.span.start.line) for f in mine]
    if any(f.severity >= Severity.WARNING for f in mine):
        return PracticeScore(number, Status.BROKEN, tuple(against), tuple(left))
    if mine and status is Status.KEPT:
        status = Status.PARTLY
    return PracticeScore(number, status, (*evidence, *against), tuple(left))
