"""What is installed is what is tested: the wheel, built both ways, works outside of the checkout."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "stacks" / "go" / "api" / "project"


def run(*words: str | Path, cwd: Path) -> str:
    # Neither the checkout's source nor its virtual environment may be found by accident.
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contents(wheel: Path) -> dict[str, str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `direct/` and `sdist/` wheels: from the checkout, and from the source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation"]
    run(*build, "--wheel", "--outdir", folder / "direct", ROOT, cwd=folder)
    run(*build, "--outdir", folder / "sdist", ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    return next((dist / "sdist").glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh virtual environment with the wheel in it."""
    venv = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", venv, cwd=venv)
    python = venv / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        wheel,
        "pytest",
        "hypothesis",
        cwd=venv,
    )
    return python


def test_both_ways_give_the_same_wheel(dist: Path, wheel: Path) -> None:
    direct = next((dist / "direct").glob("*.whl"))
    assert contents(direct) == contents(wheel)


def test_every_tracked_data_file_is_in_the_wheel(wheel: Path) -> None:
    tracked = run("git", "ls-files", "templates", "stacks", cwd=ROOT).split()
    assert len(tracked) > 10
    assert {f"dockgen/_data/{name}" for name in tracked} <= contents(wheel).keys()


def test_the_first_run_after_installation_reads_no_yaml(python: Path, tmp_path: Path) -> None:
    project = shutil.copytree(SAMPLE, tmp_path / "api")
    script = (
        "import os, sys; from dockgen.cli.main import run; os.environ['XDG_CACHE_HOME'] = sys.argv.pop()\n"
        "run(sys.argv[1:]); print('yaml' in sys.modules)"
    )
    (tmp_path / "Dockerfile").write_text("FROM alpine:3.22\n")
    for words in (["new", "--yes", "--dry-run", project], ["lint", tmp_path / "Dockerfile"]):
        out = run(python, "-c", script, *words, tmp_path / f"cache of {words[0]}", cwd=tmp_path)
        assert out.splitlines()[-1] == "False"


def test_data_that_was_changed_after_installation_is_read_anew(python: Path, tmp_path: Path) -> None:
    script = (
        "from dockgen.catalog.loading import documents; from dockgen.resources import bundled\n"
        "path = bundled('stacks') / 'data' / 'unknown-to-dockgen.yaml'; before = path.read_text()\n"
        "path.write_text('- changed\\n'); print(documents(path, 1)); path.write_text(before)"
    )
    assert run(python, "-c", script, cwd=tmp_path) == "[['changed']]\n"


def test_the_installed_command_works(python: Path, tmp_path: Path) -> None:
    project = shutil.copytree(SAMPLE, tmp_path / "api")
    where = run(python, "-c", "import dockgen; print(dockgen.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(python.parents[1])
    assert "Wrote" in run(python.parent / "dockgen", "new", "--yes", project, cwd=tmp_path)
    assert (project / "Dockerfile").is_file()


def test_the_stacks_tests_pass_on_the_installed_package(python: Path, tmp_path: Path) -> None:
    probe = tmp_path / "test_place.py"
    place = str(python.parents[1])
    probe.write_text(
        f"import dockgen\n\ndef test_place():\n    assert dockgen.__file__.startswith({place!r})\n"
    )
    run(
        python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "pythonpath=tests",
        "tests/unit/stacks/test_cases.py", probe, "--rootdir", ROOT, "-c", ROOT / "pyproject.toml", cwd=ROOT,
    )  # fmt: skip
