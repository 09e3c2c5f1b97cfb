"""Every combination of every stack's options renders and lints to nothing.

The stack's own tables, booleans and versions are multiplied out; the common answers that change the text
go with them by all pairs of their values. Where a product passes 5,000 all pairs are covered instead.
"""

from __future__ import annotations

import datetime
import random
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from allpairspy import AllPairs

from dockgen.answers.model import Given, Resolution
from dockgen.answers.resolve import proposal_for
from dockgen.catalog import images
from dockgen.catalog.question import Question
from dockgen.errors import AnswerError, PlanError
from dockgen.lint.context import BuildContext
from dockgen.lint.engine import Job, lint_jobs
from dockgen.lint.model import Context, Profile
from dockgen.lint.settings import Settings
from dockgen.plan.build import make_plan
from dockgen.render.files import files_of
from dockgen.resources import bundled
from dockgen.setup.generate import settle, unknowable
from dockgen.setup.survey import Survey, survey

ROOT = Path(__file__).parents[2] / "stacks"
CASES = sorted(path.parent for path in ROOT.glob("*/*/project"))
STACKS = sorted({case.parent.name for case in CASES})
TODAY = datetime.date(2026, 11, 1)
MOST = 5_000
SAMPLE = 8

# Values of common answers that change what is written; hostile characters where text is taken.
COMMON: dict[str, list[Any]] = {
    "health": ["", "/healthz"],
    "secrets": [
        None,
        [{"id": "registry-token", "env": "REGISTRY_TOKEN"}],
        [{"id": "netrc", "target": "/root/.netrc"}],
    ],
    "ca_certificate": ["", "certs/ca.crt"],
    "environment": [{}, {"GREETING": 'it\'s "quoted" $HOME \\ #'}],
    "build_arguments": [{}, {"FLAVOR": "a b"}],
    "runtime_packages": [None, ["libxml2"]],
    "build_packages": [None, ["git"]],
    "timezone": ["", "Europe/Berlin"],
    "locale": ["", "C.UTF-8"],
    "uid": [None, 12345],
    "writable": [[], ["/var/data"]],
    "volumes": [[], ["/data"]],
    "platforms": [[], ["linux/amd64", "linux/arm64"]],
    "label_schema": [False, True],
    "description": ["", 'says "$HOME" \\ done'],
    "securitytxt": ["", "https://example.com/.well-known/security.txt"],
}


@dataclass(frozen=True)
class Widest:
    """What tests/stacks/<stack>/combinations.yaml says of a stack.

    `widest` is the case whose project leaves the most options open: its combinations are multiplied out.
    `open` answers what a combination leaves unanswered: no project has the files of every framework.
    """

    widest: str
    open: dict[str, Any]

    @classmethod
    def of(cls, stack: str) -> Widest:
        read = yaml.safe_load((ROOT / stack / "combinations.yaml").read_text(encoding="utf-8"))
        return cls(read["widest"], read.get("open", {}))


@dataclass(frozen=True)
class Combination:
    """One set of answers for one project."""

    survey: Survey
    answers: dict[str, Any]


def options_of(surveyed: Survey, names: Callable[[str], bool]) -> dict[str, list[Any]]:
    """The answers to vary among those whose names are wanted: None stands for the detected or default one."""
    varied = {q.name: _values(surveyed, q) for q in surveyed.stack.questions if names(q.name)}
    return {name: values for name, values in varied.items() if len(values) > 1}


def _values(surveyed: Survey, question: Question) -> list[Any]:
    if question.table:
        return [row["name"] for row in surveyed.stack.tables[question.table]]
    if question.name in COMMON:
        return COMMON[question.name]
    if question.kind == "boolean":
        return [False, True]
    if question.kind == "version":
        node = surveyed.stack.version or {}
        return images.cycles(images.ImageQuery.read(node["image"]), int(node["cycle"]))
    return [None]


def pairs_of(options: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """All pairs of the values."""
    rows: Iterable[Sequence[Any]] = AllPairs(list(options.values())) if len(options) > 1 else [[]]
    return [dict(zip(options, row, strict=False)) for row in rows]


def own_rows(surveyed: Survey) -> list[dict[str, Any]]:
    """Every combination of the stack's own options that it offers, all pairs where there are too many."""
    options = options_of(surveyed, lambda name: name not in COMMON)
    rows: list[dict[str, Any]] = [{}]
    for name, values in options.items():
        rows = [longer for row in rows for longer in _longer(surveyed, row, name, values)]
        if len(rows) > MOST:
            return _pairs(surveyed, options)
    return rows


def _longer(surveyed: Survey, row: dict[str, Any], name: str, values: list[Any]) -> list[dict[str, Any]]:
    """The row with each value that is offered behind its answers; the row itself where nothing is asked."""
    resolution = _settled(surveyed, row)
    if resolution is None or name not in resolution.answers:
        return [row] if resolution else []
    question = next(q for q in surveyed.stack.questions if q.name == name)
    offered = proposal_for(resolution, question).names or values
    return [{**row, name: value} for value in values if value in offered]


def _pairs(surveyed: Survey, options: dict[str, list[Any]]) -> list[dict[str, Any]]:
    names = list(options)

    def fits(values: list[Any]) -> bool:
        return _settled(surveyed, dict(zip(names, values, strict=False))) is not None

    return [dict(zip(names, row, strict=True)) for row in AllPairs(list(options.values()), filter_func=fits)]


def _settled(surveyed: Survey, row: dict[str, Any]) -> Resolution | None:
    try:
        return settle(surveyed, Given((("answers file", row),)))
    except AnswerError:
        return None


def combinations(surveyed: Survey) -> list[Combination]:
    """Every combination of the stack's own options, each with the next row of the common ones."""
    own = own_rows(surveyed)
    common = pairs_of(options_of(surveyed, lambda name: name in COMMON))
    rows = [
        {**own[number % len(own)], **common[number % len(common)]}
        for number in range(max(len(own), len(common)))
    ]
    return [Combination(surveyed, {k: v for k, v in row.items() if v is not None}) for row in rows]


def rendered(combination: Combination) -> str | None:
    """The Dockerfile; common answers that this combination does not offer are left out of it.

    None where the stack says that its own answers do not go together.
    """
    answers = dict(combination.answers)
    resolution = _settled(combination.survey, answers)
    for name in COMMON:
        if resolution is not None:
            break
        answers.pop(name, None)
        resolution = _settled(combination.survey, answers)
    if resolution and resolution.unanswered:
        names = [open_.question.name for open_ in resolution.unanswered]
        known = Widest.of(combination.survey.stack.name).open
        more = {name: known[name] for name in names if name in known}
        resolution = _settled(combination.survey, {**answers, **more})
    if resolution is None or resolution.unanswered:
        return None
    try:
        plan = make_plan(resolution)
    except PlanError as error:
        # A base that only the user can name, for no digest of it is known.
        assert error.message.startswith("no image is known"), error.message
        return None
    return files_of(plan, ignore_name=".dockerignore")[plan.dockerfile]


def _surveyed(case: Path, folder: Path) -> Survey:
    project = folder / case.name
    shutil.copytree(case / "project", project, symlinks=True)
    path = case / "path.txt"
    return survey(project / path.read_text().strip() if path.exists() else project, case.parent.name)


def _lint(texts: list[str], surveyed: Survey) -> list[str]:
    # Files named like secrets are judged by what is in them.
    named = tuple(sorted(surveyed.project["shareable"]))
    build = BuildContext(surveyed.context.path, named) if named else None
    context = Context(profile=Profile.STRICT, today=TODAY.isoformat(), build=build)
    jobs = [Job("Dockerfile", text, context, Settings(profile=Profile.STRICT), own=True) for text in texts]
    return [
        f"{' '.join(finding.ids)} line {finding.span.start.line}: {finding.message}\n{report.source}"
        for start in range(0, len(jobs), 200)
        for report in lint_jobs(jobs[start : start + 200])
        for finding in report.findings
        if not set(finding.ids) <= unknowable()
    ]


def _sampled(case: Path, surveyed: Survey, count: int) -> list[str]:
    """Different files of some combinations: the same ones every time, other ones for every case."""
    chance = random.Random(case.name)
    texts = (rendered(Combination(surveyed, _walk(surveyed, chance))) for _ in range(count))
    return sorted({text for text in texts if text is not None})


def _walk(surveyed: Survey, chance: random.Random) -> dict[str, Any]:
    """One way through the stack's own options, each chosen among those offered, with common answers."""
    row: dict[str, Any] = {}
    for name, values in options_of(surveyed, lambda name: name not in COMMON).items():
        row = chance.choice(_longer(surveyed, row, name, values) or [row])
    common = options_of(surveyed, lambda name: name in COMMON)
    row |= {name: chance.choice(values) for name, values in common.items()}
    return {name: value for name, value in row.items() if value is not None}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_sample_of_combinations(case: Path, tmp_path: Path) -> None:
    surveyed = _surveyed(case, tmp_path)
    texts = _sampled(case, surveyed, SAMPLE)
    assert texts
    assert _lint(texts, surveyed) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_large_sample_of_combinations(case: Path, tmp_path: Path) -> None:
    surveyed = _surveyed(case, tmp_path)
    assert _lint(_sampled(case, surveyed, 12 * SAMPLE), surveyed) == []


@pytest.mark.slow
@pytest.mark.parametrize("stack", STACKS)
def test_every_combination(stack: str, tmp_path: Path) -> None:
    surveyed = _surveyed(ROOT / stack / Widest.of(stack).widest, tmp_path)
    every = combinations(surveyed)
    texts = [text for text in map(rendered, every) if text is not None]
    print(f"{stack}: {len(every)} combinations, {len(set(texts))} different files")
    # The rest wants a package that the project does not have, such as a server for its framework.
    assert len(texts) >= len(every) // 2
    assert _lint(sorted(set(texts)), surveyed) == []


def test_every_stack_has_its_widest_case() -> None:
    assert {path.stem for path in bundled("stacks").glob("*.yaml")} - {"_common"} == set(STACKS)
    assert {f"{stack}/{Widest.of(stack).widest}" for stack in STACKS} <= {
        f"{case.parent.name}/{case.name}" for case in CASES
    }
