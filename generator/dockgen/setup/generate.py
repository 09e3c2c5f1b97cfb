"""From a survey and answers to the files, linted in memory and not yet written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

from dockgen.answers.model import Given, Resolution
from dockgen.answers.resolve import Ask, resolve
from dockgen.catalog.check import blamed
from dockgen.catalog.loading import documents
from dockgen.dockerfile.ignore import IgnoreFile
from dockgen.lint.context import BuildContext
from dockgen.lint.engine import Report, lint_text
from dockgen.lint.model import Context, Finding, Profile
from dockgen.lint.scorecard import Evidence, PracticeScore, Status, scorecard
from dockgen.plan.build import make_plan
from dockgen.plan.model import Notice, Plan
from dockgen.records import record
from dockgen.render.files import files_of
from dockgen.resources import bundled
from dockgen.setup.notices import notices_of
from dockgen.setup.survey import Survey

# The rules that take a variable for a secret by its name alone: no other finding can be accepted.
_BY_NAME = frozenset({"DG0501", "DL3064", "SecretsUsedInArgOrEnv"})
# output/backup.py's copies are no Dockerfiles of the project.
_BACKUP = re.compile(r"\.bak[0-9]+$")


@record
class Acceptance:
    """A finding that the user says is none: a variable that has a secret's name and is no secret."""

    finding: Finding
    variable: str
    reason: str


@record
class Generated:
    """A whole container setup in memory."""

    survey: Survey
    resolution: Resolution
    plan: Plan
    files: Mapping[str, str]
    report: Report
    notices: tuple[Notice, ...]
    today: datetime.date

    @cached_property
    def scorecard(self) -> list[PracticeScore]:
        """The ten practices by the files' own evidence; what a notice says against one counts too."""
        scores = scorecard(self.report.dockerfile, self.report.findings, self.report.context)
        return [self._with_notices(score) for score in scores]

    def _with_notices(self, score: PracticeScore) -> PracticeScore:
        against = tuple(
            Evidence(notice.message) for notice in self.notices if notice.practice == score.practice
        )
        if not against:
            return score
        return replace(score, status=Status.BROKEN, evidence=(*against, *score.evidence))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the linter holds against the Dockerfile: anything refuses the write."""
        return tuple(
            finding
            for finding in self.report.findings
            if not set(finding.ids) <= unknowable() and not self.accepted(finding)
        )

    @property
    def acceptances(self) -> tuple[Acceptance, ...]:
        """What the user accepts of the linter's findings."""
        found = (self.accepted(finding) for finding in self.report.findings)
        return tuple(acceptance for acceptance in found if acceptance)

    def accepted(self, finding: Finding) -> Acceptance | None:
        """Return why the user accepts a finding on a variable's name; None where they do not."""
        if not _BY_NAME & set(finding.ids):
            return None
        answer = self.resolution.answers.get("accept")
        reasons: Mapping[str, str] = answer.value if answer else {}
        name = next((name for name in reasons if names(finding.message, name)), None)
        return Acceptance(finding, name, reasons[name]) if name else None


def names(text: str, name: str) -> bool:
    """Return whether a text names a variable, and not one whose name only contains that name."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


@cache
def unknowable() -> frozenset[str]:
    """Return the rules that ask for what only the user knows. Source: stacks/data/unknown-to-dockgen.yaml."""
    return frozenset(documents(bundled("stacks") / "data" / "unknown-to-dockgen.yaml", 1)[0])


def settle(survey: Survey, given: Given, ask: Ask | None = None) -> Resolution:
    """Return the answers, open questions among them."""
    with blamed(survey.stack.header.path):
        return resolve(survey.stack, survey.facts, survey.project, given, ask)


def generate(
    survey: Survey,
    resolution: Resolution,
    today: datetime.date,
    folders: Sequence[Path] = (),
    *,
    apart: bool = False,
) -> Generated:
    """Plan, render and lint; raises PlanError or RenderError with the way out.

    `apart`: the files go to another folder than the build context.
    """
    with blamed(survey.stack.header.path):
        plan = make_plan(resolution)
    ignore = ignore_name(survey, plan, apart=apart)
    files = files_of(plan, ignore_name=ignore, folders=folders)
    context = Context(
        profile=Profile.STRICT,
        build=_sent(survey, ignore, files),
        today=today.isoformat(),
        root=survey.context.path,
    )
    name = plan.dockerfile
    report = lint_text(files[name], name, profile=Profile.STRICT, context=context, own=True)
    notices = tuple(notices_of(survey, resolution, plan, today))
    return Generated(survey, resolution, plan, files, report, notices, today)


def _sent(survey: Survey, name: str, files: Mapping[str, str]) -> BuildContext:
    """Return the build context as the ignore file to be written lets it through."""
    ignore = IgnoreFile.parse(files[name])
    sent = tuple(path for path in survey.context.tree.files if not ignore.excludes(path))
    return BuildContext(survey.context.path, sent, survey.context.tree.truncated, name, ignore)


def ignore_name(survey: Survey, plan: Plan, *, apart: bool = False) -> str:
    """Return the ignore file's name: one per Dockerfile where the project has several.

    BuildKit looks for `.dockerignore` in the context only, for the other name beside the Dockerfile: the one
    that works for files that are written `apart`, and for a member of a workspace.
    """
    others = [
        path
        for path in survey.tree.files
        if "/" not in path
        and path != plan.dockerfile
        and (path.startswith(("Dockerfile", "Containerfile")) or path.endswith(".Dockerfile"))
        and not path.endswith(".dockerignore")
        and not _BACKUP.search(path)
    ]
    own = apart or others or plan.folder or plan.dockerfile != "Dockerfile"
    return f"{plan.dockerfile}.dockerignore" if own else ".dockerignore"
