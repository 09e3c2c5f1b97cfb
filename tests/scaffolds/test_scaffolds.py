"""Projects as the frameworks' own scaffolders make them today: what is detected, and that it lints.

They are made at test time, from the registries of npm and PyPI. Without npm or a network the tests are
skipped with the reason.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from dockgen.answers.model import Given
from dockgen.setup.generate import generate, settle
from dockgen.setup.survey import survey

pytestmark = pytest.mark.slow
TODAY = datetime.date(2026, 11, 1)
MINUTES = 5
UNREACHABLE = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|Failed to establish a new connection")


def _make(command: Sequence[str], folder: Path) -> None:
    program = shutil.which(command[0])
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(
        [program, *command[1:]],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode and UNREACHABLE.search(said):
        pytest.skip(f"no registry for {' '.join(command)}: {said.strip()[-300:]}")
    assert done.returncode == 0, said


def _detected(project: Path, names: Sequence[str]) -> tuple[str, Mapping[str, Any]]:
    """Return the stack and the answers that `dockgen new --yes` settles on; what it would write must lint."""
    surveyed = survey(project, None)
    resolution = settle(surveyed, Given(()))
    assert [open_.question.name for open_ in resolution.unanswered] == []
    made = generate(surveyed, resolution, TODAY)
    assert [(finding.ids, finding.span.start.line, finding.message) for finding in made.findings] == []
    answers = {name: resolution.answers[name].value for name in names if name in resolution.answers}
    return surveyed.stack.name, answers


NODE = [
    (
        ["npx", "--yes", "express-generator@4", "--no-view", "app"],
        {"framework": "express", "entry": "bin/www", "port": 3000, "include": ["public", "bin"]},
    ),
    (
        ["npx", "--yes", "create-vite@latest", "app", "--template", "react-ts"],
        {"framework": "vite", "build_script": "build", "output": ["dist"], "port": 8080, "flavour": "nginx"},
    ),
    (
        [
            "npx",
            "--yes",
            "@nestjs/cli@latest",
            "new",
            "app",
            "--package-manager=npm",
            "--skip-git",
            "--skip-install",
        ],
        {"framework": "nest", "entry": "dist/main.js", "output": ["dist"], "port": 3000},
    ),
    (
        ["npx", "--yes", "create-next-app@latest", "app", "--yes", "--skip-install", "--disable-git"],
        {"framework": "next-start", "output": [".next"], "port": 3000},
    ),
]


@pytest.mark.parametrize(("command", "expected"), NODE, ids=[command[2] for command, _ in NODE])
def test_node(command: list[str], expected: dict[str, Any], tmp_path: Path) -> None:
    _make(command, tmp_path)
    assert _detected(tmp_path / "app", list(expected)) == ("node", expected)


def test_next_becomes_standalone_by_one_line(tmp_path: Path) -> None:
    _make(NODE[3][0], tmp_path)
    (config,) = (tmp_path / "app").glob("next.config.*")
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("nextConfig: NextConfig = {", 'nextConfig: NextConfig = {\n  output: "standalone",')
    )
    assert _detected(tmp_path / "app", ["framework"]) == ("node", {"framework": "next"})


def test_django(tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    _make([sys.executable, "-m", "venv", str(environment)], tmp_path)
    bin_folder = environment / ("Scripts" if sys.platform == "win32" else "bin")
    _make([str(bin_folder / "pip"), "install", "--quiet", "django"], tmp_path)
    (tmp_path / "app").mkdir()
    _make([str(bin_folder / "django-admin"), "startproject", "shop", "app"], tmp_path)
    # The scaffolder writes no list of packages.
    (tmp_path / "app" / "requirements.txt").write_text("django==5.2.8\ngunicorn==23.0.0\n", encoding="utf-8")
    found = _detected(tmp_path / "app", ["framework", "server", "module"])
    assert found == (
        "python",
        {"framework": "django", "server": "gunicorn", "module": "shop.wsgi:application"},
    )
