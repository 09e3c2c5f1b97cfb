"""`dockgen new --yes` starts without what it does not need: counted in modules, not in seconds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "stacks"
SCRIPT = """
import contextlib, io, json, sys
from dockgen.cli.main import run
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
    code = run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]))
"""
UNNEEDED = {
    "questionary", "prompt_toolkit", "cookiecutter", "requests", "http", "ssl", "socket", "click", "pathspec",
    "multiprocessing", "concurrent", "asyncio", "logging", "unittest", "email",
}  # fmt: skip
MOST_MODULES = 520


def _modules(*words: str) -> tuple[int, set[str]]:
    source = str(Path(__file__).parents[2] / "generator")
    environment = {**os.environ, "PYTHONPATH": source}
    command = [sys.executable, "-c", SCRIPT, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=60)
    code, modules = json.loads(done.stdout)
    return code, set(modules)


@pytest.fixture(params=["go/api", "node/express-npm"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASES / request.param / "project", tmp_path / "project"))


def test_new_loads_what_it_needs_and_no_more(project: Path) -> None:
    code, modules = _modules("new", "--yes", "--dry-run", str(project))
    assert code == 0
    assert not UNNEEDED & {name.partition(".")[0] for name in modules}
    assert len(modules) <= MOST_MODULES


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is kept between runs there")
def test_the_second_run_reads_no_yaml(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(project.parent / "cache"))
    first, second = (_modules("new", "--yes", "--dry-run", str(project))[1] for _ in range(2))
    assert "yaml" in first and "yaml" not in second


def test_lint_loads_no_part_of_the_generator(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text('FROM alpine:3.22\nUSER 1000:1000\nCMD ["true"]\n')
    code, modules = _modules("lint", "--no-hadolint", "--no-cache", str(tmp_path / "Dockerfile"))
    assert code in {0, 1}
    assert not (UNNEEDED | {"jinja2", "tree_sitter"}) & {name.partition(".")[0] for name in modules}
    assert not [name for name in modules if name.startswith(("dockgen.render", "dockgen.setup"))]


def test_declaring_value_types_stays_cheap(project: Path) -> None:
    """A frozen dataclass costs as much as ten records: what starts with `dockgen new` declares records."""
    counting = SCRIPT.replace(
        "import contextlib",
        "import dataclasses as d\nmade, real = [], d.dataclass\n"
        "def counted(cls=None, /, **options):\n"
        "    if options.get('frozen') and sys._getframe(1).f_globals['__name__'].startswith('dockgen'):\n"
        "        made.append(sys._getframe(1).f_globals['__name__'])\n"
        "    return real(cls, **options)\n"
        "d.dataclass = counted\nimport contextlib",
    ).replace("[code, sorted(sys.modules)]", "[code, made]")
    command = [sys.executable, "-c", counting, "new", "--yes", "--dry-run", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    code, made = json.loads(done.stdout)
    assert code == 0
    assert len(made) <= 5, made
