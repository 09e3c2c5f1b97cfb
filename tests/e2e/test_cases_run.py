"""Cases of tests/stacks that hold a run.yaml are built by the printed command and run by the printed command.

run.yaml: `get` is a route (asked as `host`), `contains` what its answer must hold. A worker has neither of
them, and must stay up.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dockgen.plan import commands
from dockgen.plan.model import Plan
from dockgen.setup.new import Request, create

ROOT = Path(__file__).parents[1] / "stacks"
CASES = sorted(path.parent for path in ROOT.glob("*/*/run.yaml"))
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def docker(*words: str, seconds: float = 60) -> str:
    done = subprocess.run(["docker", *words], capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, f"docker {' '.join(words)}\n{done.stdout[-3000:]}{done.stderr[-6000:]}"
    return done.stdout


def written(case: Path, folder: Path) -> tuple[Path, Plan]:
    project = folder / case.name
    shutil.copytree(case / "project", project, symlinks=True)
    answers = case / "answers.yaml"
    request = Request(
        path=project,
        today=datetime.date(2026, 11, 1),
        yes=True,
        answers=answers if answers.exists() else None,
        flags=("name=dockgen-case",),
    )
    outcome = create(request)
    assert outcome.written
    return project, outcome.generated.plan


@pytest.fixture
def container(engine: object) -> Iterator[str]:
    assert engine
    name = "dockgen-case-under-test"
    yield name
    subprocess.run(["docker", "rm", "--force", name], capture_output=True, check=False)
    subprocess.run(["docker", "image", "rm", "--force", "dockgen-case"], capture_output=True, check=False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_is_built_and_runs_hardened(case: Path, tmp_path: Path, container: str) -> None:
    wanted: dict[str, Any] = yaml.safe_load((case / "run.yaml").read_text()) or {}
    project, plan = written(case, tmp_path)
    # As printed, but for the shell's substitutions: there is no repository here to ask for a version.
    build = re.sub(r"\$\(git [^)]*\)", "1.2.3", " ".join(commands.build_command(plan, project)))
    done = subprocess.run(["sh", "-c", build], capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-6000:]
    options = " ".join(commands.run_options(plan)).replace(f"127.0.0.1:{plan.port}:", "127.0.0.1::")
    started = f"docker run --detach --name {container} {options} {plan.project}"
    subprocess.run(["sh", "-c", started], capture_output=True, text=True, timeout=60, check=True)
    if plan.port:
        assert healthy(container), docker("logs", container) + state(container)["Status"]
        port = docker("port", container, str(plan.port)).split()[0].rpartition(":")[2]
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{wanted['get']}")
        if "host" in wanted:
            asked.add_header("Host", wanted["host"])
        with DIRECT.open(asked, timeout=10) as answer:
            assert wanted["contains"] in answer.read().decode()
    else:
        time.sleep(4)
        assert state(container)["Running"], docker("logs", container)
    began = time.monotonic()
    docker("stop", container)
    assert time.monotonic() - began < plan.stop_seconds, "it was killed instead of ending by itself"
    assert state(container)["ExitCode"] in (0, 143), docker("logs", container)


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
