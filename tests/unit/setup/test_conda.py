"""Environments of conda and pixi: known for Python, and told where nothing is installed from them."""

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


@pytest.mark.parametrize("name", ["environment.yml", "conda-lock.yml", "pixi.lock"])
def test_it_is_python(tmp_path: Path, name: str) -> None:
    assert _outcome(tmp_path, name).generated.survey.stack.name == "python"


def test_a_lock_without_its_manifest_is_told_and_refused_by_strict(tmp_path: Path) -> None:
    notices = _outcome(tmp_path, "pixi.lock").generated.notices
    assert any("pixi.lock is not installed from" in notice.message for notice in notices)
    with pytest.raises(PlanError, match="is not installed from"):
        _outcome(tmp_path, "pixi.lock", strict=True)
    (tmp_path / "pixi.toml").write_text('[workspace]\nchannels = ["conda-forge"]\nplatforms = ["linux-64"]\n')
    notices = _outcome(tmp_path, "pixi.lock").generated.notices
    assert not any("pixi.lock is not installed from" in notice.message for notice in notices)


def test_beside_another_list_of_packages_the_way_to_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("numpy==2.3.4\n")
    notices = _outcome(tmp_path, "environment.yml").generated.notices
    assert [
        notice.hint for notice in notices if "environment.yml is not installed from" in notice.message
    ] == ["--set manager=conda installs from it"]
