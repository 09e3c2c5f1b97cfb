"""Every folder tests/stacks/<stack>/<case>: a project, answers, and the files that must come out, linted.

`path.txt` names the app's folder in the project where that is a workspace.
"""

import datetime
import shutil
from pathlib import Path

import pytest
import yaml

from dockgen.answers.model import Given
from dockgen.setup.generate import Generated, generate, settle
from dockgen.setup.survey import survey

ROOT = Path(__file__).parents[2] / "stacks"
CASES = sorted(path.parent for path in ROOT.glob("*/*/project"))
TODAY = datetime.date(2026, 11, 1)


def app_in(case: Path, project: Path) -> Path:
    """Return the app's folder in a copy of the case's project."""
    path = case / "path.txt"
    return project / path.read_text().strip() if path.exists() else project


def _generated(case: Path, folder: Path) -> Generated:
    # A copy outside of any repository: the remote of this one is no fact of the case.
    project = folder / case.name
    shutil.copytree(case / "project", project, symlinks=True)
    answers = case / "answers.yaml"
    given = yaml.safe_load(answers.read_text()) if answers.exists() else {}
    surveyed = survey(app_in(case, project), given.pop("stack", None))
    resolution = settle(surveyed, Given((("answers file", given),)))
    assert not resolution.unanswered, [open_.question.name for open_ in resolution.unanswered]
    return generate(surveyed, resolution, TODAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made = _generated(case, tmp_path)
    assert made.survey.stack.name == case.parent.name
    assert [(f.ids, f.span.start.line, f.message) for f in made.findings] == []
    expected = case / "expected"
    if request.config.getoption("--update"):
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for name, text in made.files.items():
            (expected / name).write_text(text)
    assert {path.name: path.read_text() for path in expected.iterdir()} == made.files


def test_cases_are_there() -> None:
    assert len(CASES) >= 1
    assert all((case / "expected").is_dir() for case in CASES)
