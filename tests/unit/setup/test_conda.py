"""Environments of conda and pixi: known for Python, and told that nothing is installed from them."""

import datetime
from pathlib import Path

import pytest

from dockgen.errors import PlanError
from dockgen.setup.new import Outcome, Request, create

ENVIRONMENT = "dependencies:\n  - python=3.13\n  - numpy\n"


def _outcome(folder: Path, name: str, *, strict: bool = False) -> Outcome:
    (folder / name).write_text(ENVIRONMENT)
    (folder / "main.py").write_text("print('hello')\n")
    request = Request(folder, datetime.date(2026, 11, 1), yes=True, write=False, strict=strict)
    return create(request)


@pytest.mark.parametrize("name", ["environment.yml", "pixi.lock", "conda-lock.yml"])
def test_it_is_python_and_what_it_names_is_told_to_be_missing(tmp_path: Path, name: str) -> None:
    made = _outcome(tmp_path, name).generated
    assert made.survey.stack.name == "python"
    assert any(f"{name} is not installed from" in notice.message for notice in made.notices)


def test_strict_refuses_it(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="is not installed from"):
        _outcome(tmp_path, "environment.yaml", strict=True)


def test_beside_another_list_of_packages_it_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("numpy==2.3.4\n")
    assert not any(
        "not installed from" in one.message for one in _outcome(tmp_path, "environment.yml").generated.notices
    )
