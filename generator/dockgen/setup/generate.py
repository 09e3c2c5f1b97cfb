"""From a survey and answers to the files, linted in memory and not yet written."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from dockgen.answers.model import Given, Resolution
from dockgen.answers.resolve import Ask, resolve
from dockgen.catalog.check import blamed
from dockgen.catalog.loading import documents
from dockgen.lint.model import Finding
from dockgen.lint.practice import Evidence, PracticeScore, Status
from dockgen.lint.reports import Report
from dockgen.plan.build import make_plan
from dockgen.plan.model import Notice, Plan
from dockgen.project.tree import Tree
from dockgen.records import record, replace
from dockgen.regexes import regex
from dockgen.resources import bundled
from dockgen.setup import draft
from dockgen.setup.culprits import Culprit, culprit_of, needed_packages
from dockgen.setup.survey import Survey

# output/backup.py's copies are no Dockerfiles of the project.
_BACKUP = regex(r"\.bak[0-9]+$")
# Written into a folder that the build may take: nothing is to be built anew where only these change.
_OWN_FILES = ("**/Dockerfile*", "**/dockgen.lock", "**/dockgen.yaml")


@record
class Acceptance:
    """A finding that is accepted for what an answer names, `subject`, and for nothing else."""

    finding: Finding
    subject: str
    reason: str


@record
class Generated:
    """A whole container setup in memory."""

    survey: Survey
    resolution: Resolution
    plan: Plan
    files: Mapping[str, str]
    report: Report
    scores: tuple[PracticeScore, ...]
    notices: tuple[Notice, ...]
    today: datetime.date

    @cached_property
    def scorecard(self) -> list[PracticeScore]:
        """The ten practices by the files' own evidence; what a notice says against one counts too."""
        return [self._with_notices(score) for score in self.scores]

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
        """What is accepted of the linter's findings."""
        found = (self.accepted(finding) for finding in self.report.findings)
        return tuple(acceptance for acceptance in found if acceptance)

    def accepted(self, finding: Finding) -> Acceptance | None:
        """Return why a finding is accepted: for all that it names, by the user or for a dependency's sake."""
        if needed := needed_packages(finding, self.resolution, self.plan):
            return Acceptance(finding, ", ".join(needed), "a dependency of the project calls it")
        answer = self.resolution.answers.get("accept")
        reasons: Mapping[str, str] = answer.value if answer else {}
        culprit = self.culprit(finding) if reasons else None
        subjects = culprit.subjects if culprit else ()
        if not subjects or not all(subject in reasons for subject in subjects):
            return None
        told = dict.fromkeys(reasons[subject] for subject in subjects)
        return Acceptance(finding, ", ".join(subjects), "; ".join(told))

    def culprit(self, finding: Finding) -> Culprit | None:
        """Return the answer that a finding is about; None where a template made the line."""
        return culprit_of(finding, self.report.lines, self.resolution, self.plan)


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
    output: Path | None = None,
    drafter: draft.Drafter | None = None,
) -> Generated:
    """Plan, render and lint; raises PlanError or RenderError with the way out.

    `output` is where the files go, if that is not the project's folder. `drafter` renders and lints.
    """
    plan = _planned(survey, resolution, output)
    tree = survey.context.tree
    order = draft.Order(
        plan=plan,
        ignore_name=ignore_name(survey, plan, apart=output is not None),
        templates=tuple(folders),
        root=survey.context.path,
        paths=tuple(tree.files),
        truncated=tree.truncated,
        today=today.isoformat(),
        place=_way(survey, plan, output) if output else None,
    )
    made = (drafter or draft.load())(order)
    # Not at the top: loaded while another process drafts.
    from dockgen.setup.notices import notices_of

    notices = tuple(notices_of(survey, resolution, plan, today, output))
    return Generated(survey, resolution, plan, made.files, made.report, made.scores, notices, today)


def names_of(survey: Survey, resolution: Resolution, output: Path | None = None) -> tuple[str, ...]:
    """Return the names of the files that would be generated; raises PlanError as `generate` does."""
    plan = _planned(survey, resolution, output)
    ignore = ignore_name(survey, plan, apart=output is not None)
    return (plan.dockerfile, ignore, *plan.extra_files)


def _planned(survey: Survey, resolution: Resolution, output: Path | None) -> Plan:
    with blamed(survey.stack.header.path):
        plan = make_plan(resolution)
    plan = replace(plan, values={**plan.values, "is_folder": _kinds(plan.allow, survey.context.tree)})
    if output is None:
        return plan
    return replace(plan, extra_files=_together(plan.extra_files), never=(*plan.never, *_OWN_FILES))


def _kinds(paths: Sequence[str], tree: Tree) -> dict[str, bool]:
    """Return of each path that is there whether it is a folder: `site.d` may be one, `LICENSE` is none."""
    folders = {path: tree.exists(f"{path}/") for path in paths}
    return {path: folder for path, folder in folders.items() if folder or tree.is_file(path)}


def _together(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files as they lie in one folder, those of the repository's top among them."""
    return {name.rpartition("../")[2]: template for name, template in files.items()}


def _way(survey: Survey, plan: Plan, output: Path) -> str:
    """Return the way from the repository's top, or the context without one, to the output's folder."""
    top = os.path.realpath(survey.context.path)
    top = top.removesuffix(plan.context_place) if plan.place else top
    try:
        return Path(os.path.relpath(os.path.realpath(output), top)).as_posix()
    except ValueError:
        # On another drive.
        return output.resolve().as_posix()


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
