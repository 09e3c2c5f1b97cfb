"""Cases of tests/stacks are built and run by the printed commands."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from e2e.running_cases import Container, RunningCase, running_cases
from unit.stacks.stack_page import RUNS

CASES = running_cases()
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def param(case: RunningCase, *more: str) -> ParameterSet:
    """Return a case as a parameter, left to `make e2e-all` where it is a heavy one."""
    marks = [pytest.mark.heavy] if case.heavy else []
    return pytest.param(case, *more, id="-".join([case.id, *more]), marks=marks)


def docker(*words: str, seconds: float = 60) -> str:
    done = subprocess.run(["docker", *words], capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, f"docker {' '.join(words)}\n{done.stdout[-3000:]}{done.stderr[-6000:]}"
    return done.stdout


@pytest.fixture
def container(engine: object) -> Iterator[Container]:
    assert engine
    container = Container()
    yield container
    container.remove()


@pytest.mark.parametrize("case", [param(case) for case in CASES])
def test_a_case_is_built_and_runs_hardened(case: RunningCase, tmp_path: Path, container: Container) -> None:
    written = case.write(tmp_path)
    plan = written.plan
    container.build(written)
    container.start(plan, env=case.env)
    if plan.port:
        assert healthy(container.name), docker("logs", container.name) + state(container.name)["Status"]
        port = int(docker("port", container.name, str(plan.port)).split()[0].rpartition(":")[2])
        assert case.contains in asked(port, case.get, case.host).decode()
        assert not case.static or asked(port, case.static, case.host)
    else:
        time.sleep(4)
        assert state(container.name)["Running"], docker("logs", container.name)
    began = time.monotonic()
    docker("stop", container.name)
    assert time.monotonic() - began < plan.stop_seconds, "it was killed instead of ending by itself"
    assert state(container.name)["ExitCode"] in (0, 143), docker("logs", container.name)
    note(case)


@pytest.mark.parametrize(
    ("case", "process"), [param(case, process) for case in CASES for process in case.processes]
)
def test_a_process_of_its_own_runs_hardened(
    case: RunningCase, process: str, tmp_path: Path, container: Container
) -> None:
    written = case.write(tmp_path)
    container.build(written, process)
    container.start(written.plan, process, case.env)
    time.sleep(4)
    now = state(container.name)
    assert now["Running"], docker("logs", container.name)
    assert "Health" not in now, "the server's health check would call a worker sick"
    assert docker("logs", container.name), "nothing was done"
    began = time.monotonic()
    docker("stop", container.name)
    assert time.monotonic() - began < written.plan.stop_seconds, "it was killed instead of ending by itself"


def note(case: RunningCase) -> None:
    """Write down the day, for the evidence that tests/unit/stacks/test_stack_page.py --update gathers."""
    path = RUNS / case.id
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{datetime.datetime.now(datetime.UTC).date()}\n")


@pytest.mark.parametrize("case", [param(case) for case in CASES if case.verify])
@pytest.mark.usefixtures("engine")
def test_a_case_keeps_all_its_promises(case: RunningCase, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "dockgen.cli.main",
        "verify",
        str(case.write(tmp_path).folder),
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    report = json.loads(done.stdout or "{}")
    failed = [(row["id"], row["message"]) for row in report.get("results", []) if row["status"] == "failed"]
    assert (done.returncode, failed) == (0, []), done.stderr[-3000:]


def asked(port: int, path: str, host: str) -> bytes:
    """Return what a path answers; anything but a success raises."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    if host:
        request.add_header("Host", host)
    with DIRECT.open(request, timeout=10) as answer:
        body: bytes = answer.read()
    return body


def state(container: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(docker("inspect", "--format", "{{json .State}}", container))
    return found


def healthy(container: str, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = state(container)
        if now.get("Health", {}).get("Status") == "healthy":
            return True
        if not now["Running"]:
            return False
        time.sleep(0.5)
    return False
