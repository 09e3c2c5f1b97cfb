"""Bun installs what Node.js runs: from its text lock, and for one member of a workspace."""

import datetime
import shutil
from pathlib import Path

import pytest

from dockgen.errors import AnswerError
from dockgen.setup.generate import Generated
from dockgen.setup.new import Request, UnansweredError, create

CASES = Path(__file__).parents[2] / "stacks" / "node"
TODAY = datetime.date(2026, 11, 1)


def _made(project: Path, *flags: str) -> Generated:
    return create(Request(project, TODAY, flags=("stack=node", *flags), yes=True, write=False)).generated


def test_a_member_s_packages_are_installed_and_no_others(tmp_path: Path) -> None:
    shutil.copytree(CASES / "workspace-bun" / "project", tmp_path / "project")
    text = _made(tmp_path / "project" / "apps" / "desk").files["Dockerfile"]
    assert "--production --filter @post/desk" in text
    assert "source=apps/mobile/package.json" in text, "the lock fits all members, or none"


def test_scripts_find_bun_s_program(tmp_path: Path) -> None:
    shutil.copytree(CASES / "bun-manager" / "project", tmp_path / "project")
    text = _made(tmp_path / "project").files["Dockerfile"]
    step = text[text.rindex("RUN --network=none") : text.index("npm run build")]
    assert "source=/usr/local/bin/bun" in step


def test_there_is_no_bun_for_alpine(tmp_path: Path) -> None:
    shutil.copytree(CASES / "bun-manager" / "project", tmp_path / "project")
    with pytest.raises(AnswerError, match="'alpine' is not one of them"):
        _made(tmp_path / "project", "flavour=alpine")


def test_the_old_lock_is_not_guessed_from(tmp_path: Path) -> None:
    shutil.copytree(CASES / "bun-manager" / "project", tmp_path / "project")
    (tmp_path / "project" / "bun.lock").rename(tmp_path / "project" / "bun.lockb")
    with pytest.raises(UnansweredError, match="without an answer"):
        _made(tmp_path / "project")
