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
    code, modules = _modules("lint", "--no-cache", str(tmp_path / "Dockerfile"))
    assert code in {0, 1}
    assert not (UNNEEDED | {"jinja2", "tree_sitter"}) & {name.partition(".")[0] for name in modules}
    assert not [name for name in modules if name.startswith(("dockgen.render", "dockgen.setup"))]
    assert not {"inspect", "dataclasses", "shutil", "tempfile", "random"} & modules


def test_what_is_kept_of_a_result_is_written_without_more_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "Dockerfile").write_text('FROM alpine:3.22\nUSER 1000:1000\nCMD ["true"]\n')
    modules = _modules("lint", str(tmp_path / "Dockerfile"))[1]
    kept = [path for path in (tmp_path / "cache" / "dockgen" / "lint").rglob("*") if path.suffix == ".json"]
    assert kept and not [path for path in kept if path.name.startswith(".new-")]
    assert not {"shutil", "tempfile", "random"} & modules


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


def test_expressions_are_compiled_when_they_are_used(tmp_path: Path) -> None:
    """The rules know some hundreds of expressions: a small file needs few of them."""
    (tmp_path / "Dockerfile").write_text('FROM alpine:3.22\nUSER 1000:1000\nCMD ["true"]\n')
    counting = SCRIPT.replace(
        "import contextlib",
        "import re\nmade, real = [], re._compile\n"
        "def counted(pattern, flags):\n"
        "    caller = sys._getframe(2).f_globals['__name__']\n"
        "    if caller.startswith('dockgen'):\n"
        "        made.append((caller, str(pattern)))\n"
        "    return real(pattern, flags)\n"
        "import sys\nre._compile = counted\nimport contextlib",
    ).replace("[code, sorted(sys.modules)]", "[code, made]")
    words = ("lint", "--no-hadolint", "--no-cache", str(tmp_path / "Dockerfile"))
    done = subprocess.run(
        [sys.executable, "-c", counting, *words], capture_output=True, text=True, check=True, timeout=60
    )
    made = json.loads(done.stdout)[1]
    assert 0 < len(made) <= 90, made


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no fork elsewhere")
def test_what_another_process_loads_is_not_loaded_here(project: Path) -> None:
    forked = SCRIPT.replace(
        "code = run(", "from dockgen import ahead; ahead.pays = lambda: True; code = run("
    )
    command = [sys.executable, "-c", forked, "new", "--yes", "--dry-run", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    code, modules = json.loads(done.stdout)
    assert code == 0
    there = (
        "jinja2",
        "tree_sitter",
        "dockgen.dockerfile.parser",
        "dockgen.lint.engine",
        "dockgen.lint.rules",
    )
    assert not set(modules) & {*there, "inspect", "dataclasses", "difflib"}


def test_what_is_known_needs_neither_parser_nor_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM alpine\nRUN apk add curl\n")
    words = ("lint", "--format", "json", str(folder / "Dockerfile"))
    first, second = (_modules(*words) for _ in range(2))
    assert (first[0], second[0]) == (1, 1)
    needed = {"dockgen.dockerfile.parser", "dockgen.lint.engine", "dockgen.lint.rules", "subprocess"}
    assert needed <= first[1]
    assert not (needed | {"yaml", "tomllib", "inspect", "dataclasses", "tempfile"}) & second[1]
