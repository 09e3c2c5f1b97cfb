"""Every combination of every stack's options renders and lints to nothing.

The stack's own tables, booleans and versions are multiplied out; the common answers that change the text
go with them by all pairs of their values. Where a product passes 5,000 all pairs are covered instead.
"""

from __future__ import annotations

import datetime
import itertools
import math
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from allpairspy import AllPairs

from dockgen.answers.model import Given
from dockgen.catalog import images
from dockgen.catalog.question import Question
from dockgen.errors import AnswerError
from dockgen.lint.engine import Job, lint_jobs
from dockgen.lint.model import Context, Profile
from dockgen.lint.settings import Settings
from dockgen.plan.build import make_plan
from dockgen.render.files import files_of
from dockgen.setup.generate import settle, unknowable
from dockgen.setup.survey import Survey, survey

ROOT = Path(__file__).parents[2] / "stacks"
CASES = sorted(path.parent for path in ROOT.glob("*/*/project"))
TODAY = datetime.date(2026, 11, 1)
MOST = 5_000
SAMPLE = 12

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


def rows_of(options: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The product of the values, or all pairs of them where it is too large."""
    if not options:
        return [{}]
    values = list(options.values())
    if len(values) < 2 or math.prod(map(len, values)) <= MOST:
        rows: Iterable[Sequence[Any]] = itertools.product(*values)
    else:
        rows = AllPairs(values)
    return [dict(zip(options, row, strict=True)) for row in rows]


def combinations(surveyed: Survey) -> Iterator[Combination]:
    """Every combination of the stack's own options, each with the next row of the common ones."""
    own = rows_of(options_of(surveyed, lambda name: name not in COMMON))
    common = rows_of(options_of(surveyed, lambda name: name in COMMON))
    for number in range(max(len(own), len(common))):
        row = {**own[number % len(own)], **common[number % len(common)]}
        yield Combination(surveyed, {name: value for name, value in row.items() if value is not None})


def rendered(combination: Combination) -> str | None:
    """The Dockerfile, or None where the stack says that these answers do not go together."""
    surveyed, answers = combination.survey, dict(combination.answers)
    asked = {question.name for question in surveyed.stack.questions}
    given = Given((("answers file", {name: value for name, value in answers.items() if name in asked}),))
    try:
        resolution = settle(surveyed, given)
    except AnswerError:
        return None
    if resolution.unanswered:
        return None
    plan = make_plan(resolution)
    return files_of(plan, ignore_name=".dockerignore")[plan.dockerfile]


def _surveyed(case: Path, folder: Path) -> Survey:
    project = folder / case.name
    shutil.copytree(case / "project", project, symlinks=True)
    return survey(project, case.parent.name)


def _lint(texts: list[str]) -> list[str]:
    context = Context(profile=Profile.STRICT, today=TODAY.isoformat())
    jobs = [Job("Dockerfile", text, context, Settings(profile=Profile.STRICT), own=True) for text in texts]
    return [
        f"{' '.join(finding.ids)} line {finding.span.start.line}: {finding.message}\n{report.source}"
        for start in range(0, len(jobs), 200)
        for report in lint_jobs(jobs[start : start + 200])
        for finding in report.findings
        if not set(finding.ids) <= unknowable()
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_sample_of_combinations(case: Path, tmp_path: Path) -> None:
    surveyed = _surveyed(case, tmp_path)
    # The same sample every time, and another one for every case.
    chosen = random.Random(case.name).sample(list(combinations(surveyed)), SAMPLE)
    texts = [text for text in map(rendered, chosen) if text is not None]
    assert _lint(sorted(set(texts))) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_every_combination(case: Path, tmp_path: Path) -> None:
    surveyed = _surveyed(case, tmp_path)
    every = list(combinations(surveyed))
    texts = [text for text in map(rendered, every) if text is not None]
    print(f"{case.parent.name}/{case.name}: {len(every)} combinations, {len(set(texts))} different files")
    # Options that are never offered together are the rule's exception, not its half.
    assert len(texts) >= len(every) // 10
    assert _lint(sorted(set(texts))) == []
