"""What `dockgen new --each` writes for a repository: each image built and run by its printed commands."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from e2e.running_cases import ROOT, Container
from e2e.test_cases_run import asked, docker, healthy, state

WORKSPACE = "node/workspace-npm"
SERVICES = {"services/dairy": "python/flask-pip-hashes", "services/letters": "go/vendored"}
CASES = {"apps/api": WORKSPACE, **SERVICES}
OF_OTHERS = re.compile(r"(^|/)(services|dairy|letters|third_party)(/|$)")
"""Names of paths that only other apps than the workspace's have."""


@dataclass
class App:
    """One app of the repository: its case's run.yaml, and what dockgen printed for it."""

    wanted: dict[str, Any]
    printed: dict[str, str]
    container: Container

    def build(self) -> None:
        """Build with the printed command, under a name of its own."""
        named = re.sub(r"--tag \S+", f"--tag {self.container.name}", self.printed["build"])
        done = subprocess.run(["sh", "-c", named], capture_output=True, text=True, timeout=900, check=False)
        assert done.returncode == 0, done.stderr[-6000:]

    def start(self) -> None:
        """Start with the printed command, on a free port."""
        options = self.printed["run"].removeprefix("docker run --rm ").rpartition(" ")[0]
        options = re.sub(r"127\.0\.0\.1:\d+:", "127.0.0.1::", options)
        docker("run", "--detach", "--name", self.container.name, *options.split(), self.container.name)

    def port(self) -> int:
        """Return the port at which the engine publishes it."""
        return int(docker("port", self.container.name).split()[-1].rpartition(":")[2])


@pytest.fixture
def apps(engine: object, tmp_path: Path) -> Iterator[dict[str, App]]:
    """A repository of a workspace and two services, set up by one run."""
    assert engine
    repository = tmp_path / "market"
    for folder, case in {".": WORKSPACE, **SERVICES}.items():
        shutil.copytree(ROOT / case / "project", repository / folder, dirs_exist_ok=True)
    command = [sys.executable, "-m", "dockgen.cli.main", "new", str(repository), "--each", "--yes", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    made = {app["path"]: app["commands"] for app in report["apps"]}
    assert set(made) == set(CASES)
    assert (report["written"], report["open"]) == (True, [])
    these = {path: App(_wanted(case), made[path], Container()) for path, case in CASES.items()}
    yield these
    for app in these.values():
        app.container.remove()


def test_each_app_of_a_repository_is_built_and_runs_hardened(apps: dict[str, App]) -> None:
    for path, app in apps.items():
        app.build()
        app.start()
        name = app.container.name
        assert healthy(name), f"{path}: {docker('logs', name)}"
        assert app.wanted["contains"] in asked(app.port(), app.wanted["get"], "").decode()
    held = paths_in(apps["apps/api"].container.name)
    assert "app/packages/greet/package.json" in held, "the member that it needs"
    assert [one for one in held if one.startswith("app/") and OF_OTHERS.search(one)] == []
    for path, app in apps.items():
        docker("stop", app.container.name)
        assert state(app.container.name)["ExitCode"] in (0, 143), path


def paths_in(container: str) -> list[str]:
    """Return the paths of a container's file system, outside of packages' own folders."""
    listed = subprocess.run(
        ["sh", "-c", f"docker export {container} | tar --list"], capture_output=True, text=True, check=True
    )
    return [path for path in listed.stdout.splitlines() if "/node_modules/" not in path]


def _wanted(case: str) -> dict[str, Any]:
    wanted: dict[str, Any] = yaml.safe_load((ROOT / case / "run.yaml").read_text())
    return wanted
