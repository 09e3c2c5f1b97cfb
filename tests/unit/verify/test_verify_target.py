"""What is verified: another stage than the last, under an init process, ended by a signal."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from dockgen.errors import ProjectError
from dockgen.setup.new import Request, create
from dockgen.verify.contract import contract_of
from dockgen.verify.ending import ENDING, uninterrupted
from dockgen.verify.session import Session
from dockgen.verify.target import load_target
from unit.verify.test_verify_runner import Broken

CASES = Path(__file__).parents[2] / "stacks"
DOCKERFILE = """\
FROM debian:trixie-slim AS build
RUN --mount=type=secret,id=npmrc true
FROM build AS debug
EXPOSE 9229
CMD ["sh"]
FROM gcr.io/distroless/static-debian13:nonroot
EXPOSE 8080
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Dockerfile").write_text(DOCKERFILE, encoding="utf-8")
    (tmp_path / "dockgen.lock").write_text(
        "images: {x: sha256:aa}\ncontainer: {port: 8080, shell: false, package_manager: false, init: true}\n"
    )
    return tmp_path


def test_the_last_stage_is_held_to_the_lock(project: Path) -> None:
    contract = load_target(project).contract
    assert (contract.port, contract.shell, contract.init) == (8080, False, True)


def test_another_stage_is_held_to_what_the_dockerfile_says_of_it(project: Path) -> None:
    target = load_target(project, stage="debug")
    assert target.dockerfile.final_stage is not None
    assert target.dockerfile.final_stage.name == "debug"
    assert (target.contract.port, target.contract.shell, target.contract.init) == (9229, None, False)
    assert target.contract.images == {"x": "sha256:aa"}
    assert [use.id for use in target.contract.secrets] == ["npmrc"]


def test_the_stage_reaches_the_engine(project: Path) -> None:
    with Session(load_target(project, stage="1"), Broken()) as session:
        assert session.request().target == "1"


def test_a_stage_that_is_not_there_is_told_with_those_that_are(project: Path) -> None:
    with pytest.raises(ProjectError, match="no stage 'tests'") as told:
        load_target(project, stage="tests")
    assert told.value.hint == "its named stages: build, debug"


def test_an_init_that_is_no_flag_is_refused(project: Path) -> None:
    (project / "dockgen.lock").write_text("container: {init: tini}\n")
    with pytest.raises(ProjectError, match="`init` is not true or false"):
        load_target(project)


def test_a_lock_without_init_has_none(tmp_path: Path, project: Path) -> None:
    parsed = load_target(project).dockerfile
    assert not contract_of(parsed, tmp_path / "missing").init


def test_the_init_that_was_chosen_is_what_verify_starts_with(tmp_path: Path) -> None:
    app = shutil.copytree(CASES / "go" / "api" / "project", tmp_path / "app")
    create(Request(path=app, today=datetime.date(2026, 11, 1), yes=True, flags=("init=true",)))
    assert load_target(app).contract.init


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these signals")
def test_no_signal_cuts_the_removal_short() -> None:
    handlers = [signal.getsignal(name) for name in ENDING]
    with uninterrupted():
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(os.getpid(), name)
    assert [signal.getsignal(name) for name in ENDING] == handlers
