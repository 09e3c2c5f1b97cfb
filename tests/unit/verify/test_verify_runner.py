"""One run: a failed build stops the rest, everything is removed on every way out, no engine is said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from dockgen.cli import main
from dockgen.errors import EngineError
from dockgen.verify.checks import all_checks
from dockgen.verify.engine.finding import find_engine
from dockgen.verify.engine.model import BuildOutcome, BuildRequest, ContainerState, Engine, RunRequest
from dockgen.verify.engine.proc import process_tree
from dockgen.verify.engine.process import call
from dockgen.verify.model import Evidence, Status
from dockgen.verify.progress import BuildLog
from dockgen.verify.runner import verify
from dockgen.verify.target import load_target


class Broken(Engine):
    """An engine whose builds fail or, if told so, raise; it remembers what it was asked to remove."""

    name = "broken"
    exports_cache = True

    def __init__(self, raises: BaseException | None = None, leaves: tuple[str, ...] = ()) -> None:
        self.raises = raises
        self.leaves = leaves
        self.cleaned: list[tuple[str, list[str], str]] = []
        self.contexts: list[Path] = []

    def describe(self) -> str:
        return "broken 1.0"

    def build(self, request: BuildRequest, heard: Callable[[str], None]) -> BuildOutcome:
        self.contexts.append(request.context)
        heard("step \x1b[31mone\x1b[0m\r\n")
        if self.raises:
            raise self.raises
        return BuildOutcome(False, 1.0, BuildLog(), "exit \x1b]0;code\x07 1")

    def warnings(self, request: BuildRequest) -> list[str] | None:
        return [f"\u202e{request.dockerfile.name}"]

    def run(self, request: RunRequest) -> str:
        raise EngineError(f"cannot run {request.image}")

    def state(self, container: str) -> ContainerState:
        raise EngineError(container)

    def check_health(self, container: str) -> None:
        raise EngineError(container)

    def address(self, container: str, port: int) -> tuple[str, int]:
        raise EngineError(f"{container} {port}")

    def stop(self, container: str, grace: int) -> None:
        raise EngineError(f"{container} {grace}")

    def start(self, container: str) -> None:
        raise EngineError(container)

    def logs(self, container: str) -> str:
        return container

    def changes(self, container: str) -> list[tuple[str, str]]:
        raise EngineError(container)

    def processes(self, container: str) -> list[tuple[str, str]] | None:
        raise EngineError(container)

    def clean(self, session: str, images: list[str], namespace: str) -> list[str]:
        self.cleaned.append((session, images, namespace))
        return list(self.leaves)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY a /a\n", encoding="utf-8")
    return tmp_path


def statuses(evidence: Evidence) -> dict[str, Status]:
    return {result.id: result.status for result in evidence.results}


def test_a_failed_build_fails_once_and_the_rest_is_skipped(project: Path) -> None:
    found = statuses(verify(load_target(project), Broken()))
    assert found.pop("build") is Status.FAILED
    assert found.pop("build-checks") is Status.FAILED
    assert found.pop("everything-removed") is Status.PASSED
    assert set(found.values()) == {Status.SKIPPED}


def test_what_an_engine_says_cannot_steer_a_terminal(project: Path) -> None:
    told: list[str] = []
    evidence = verify(load_target(project), Broken(), say=told.append)
    words = "".join([*told, *(line for result in evidence.results for line in result.evidence)])
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(words)


@pytest.mark.parametrize("raises", [KeyboardInterrupt(), EngineError("gone"), RuntimeError("bug")])
def test_everything_is_removed_on_every_way_out(raises: BaseException, project: Path) -> None:
    engine = Broken(raises)
    with pytest.raises(type(raises)):
        verify(load_target(project), engine, only=["user"])
    assert len(engine.cleaned) == 1
    session, images, namespace = engine.cleaned[0]
    assert images == [f"dockgen-verify:{session}"]
    assert namespace == f"dockgen-{session}"
    assert not any(context.exists() for context in engine.contexts)


def test_what_could_not_be_removed_is_a_failure(project: Path) -> None:
    evidence = verify(load_target(project), Broken(leaves=("container abc",)))
    (result,) = [result for result in evidence.results if result.id == "everything-removed"]
    assert (result.status, result.evidence) == (Status.FAILED, ("container abc",))


def test_a_read_only_folder_of_the_project_does_not_keep_the_copy(project: Path) -> None:
    (project / "locked").mkdir()
    (project / "locked" / "file").touch()
    (project / "locked").chmod(0o555)
    engine = Broken()
    verify(load_target(project), engine)
    (project / "locked").chmod(0o755)
    assert not any(context.parent.exists() for context in engine.contexts)


def test_the_project_itself_stays_untouched(project: Path) -> None:
    before = sorted(path.name for path in project.iterdir())
    verify(load_target(project), Broken())
    assert sorted(path.name for path in project.iterdir()) == before


def test_ids_of_checks_are_unique_and_their_practices_known() -> None:
    ids = [check.id for module in all_checks() for check in module.checks]
    assert len(ids) == len(set(ids))
    assert {check.practice for module in all_checks() for check in module.checks} == set(range(11))


def test_without_an_engine_it_says_what_to_install(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert main.run(["verify", str(project)]) == 2
    errors = capsys.readouterr().err
    assert "no container engine: docker is not installed" in errors
    assert "install Docker Engine with the buildx plugin" in errors


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for engines")
def test_an_engine_that_does_not_answer_is_told_of(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))
    program(project, "docker", "echo no daemon >&2; exit 1")
    with pytest.raises(EngineError, match="docker: no docker engine answers: no daemon; podman is not"):
        find_engine()
    program(project, "podman", "echo 5.0.0")
    said: list[str] = []
    assert find_engine(say=said.append).name == "podman"
    assert said == ["docker: no docker engine answers: no daemon; podman is used instead"]
    (project / "docker").unlink()
    find_engine(say=said.append)
    assert len(said) == 1, "nobody misses what was never there"


def test_an_unknown_check_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["verify", str(project), "--only", "nonsense"]) == 2
    assert "there is no check 'nonsense'" in capsys.readouterr().err


def test_a_folder_without_a_dockerfile_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["verify", str(tmp_path)]) == 2
    assert "write one with `dockgen new`" in capsys.readouterr().err


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(EngineError, match="took longer"):
        call([sys.executable, "-c", "import time; time.sleep(60)"], limit=0.3)


def test_a_program_that_is_missing_is_a_sentence() -> None:
    with pytest.raises(EngineError, match="cannot be started"):
        call(["surely-no-such-program"])


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux' /proc")
def test_processes_are_read_with_their_children() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(1, flush=True); input()'])"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    rows = process_tree(child.pid)
    child.communicate(b"\n")
    assert [uid for uid, _ in cast("list[tuple[str, str]]", rows)] == [str(os.getuid())] * 2


def test_a_process_that_is_not_here_cannot_be_told(tmp_path: Path) -> None:
    assert process_tree(1, tmp_path) is None


def test_the_words_of_a_failed_program_are_what_it_says_and_not_its_hint() -> None:
    text = "docker: Error: exec /bin/sh: no such file\n\nRun 'docker run --help' for more information\n"
    done = call([sys.executable, "-c", f"import sys; sys.stderr.write({text!r})"])
    assert done.words == "docker: Error: exec /bin/sh: no such file"
