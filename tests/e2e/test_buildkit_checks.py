"""BuildKit's checks held against BuildKit: the same files through a real front end, if one can be had.

Run with `pytest tests/e2e/test_buildkit_checks.py`; it asks the engine that `docker` in the environment
knows. Where none answers, or the front end is too old for a case, the reason is printed with the skip.
"""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from buildkit.cases import Case, all_cases

BASE = "debian:trixie-slim"
# For each version of the syntax that a case may need: a file on which an older front end speaks.
PROBES = {
    "1.21": f"FROM {BASE}\n# check=skip=JSONArgsRecommended\nCMD true\n",
    "1.22": f"FROM {BASE}\nENV KEY_VERSION=1\n",
    "1.26": f"# check=experimental=CopyIgnoredFile\nFROM {BASE}\nCOPY . /\n",
}
PROBE_FILES = {".dockerignore": ".*\n"}
TIMEOUT = 120


def call(dockerfile: str, files: dict[str, str], folder: Path) -> dict[str, Any]:
    """Return the answer of `docker buildx build --call=check`."""
    for name, text in {**files, "Dockerfile": dockerfile}.items():
        (folder / name).write_bytes(text.encode())
    done = subprocess.run(
        ["docker", "buildx", "build", "--call=check,format=json", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    start = done.stdout.find("{")
    assert start >= 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout[start:])
    return answer


def warnings_of(answer: dict[str, Any]) -> set[tuple[str, int]]:
    return {
        (one["ruleName"], one["location"]["ranges"][0]["start"]["line"])
        for one in answer.get("warnings") or ()
    }


@cache
def missing() -> str:
    """Return why no front end can be asked, '' where one can."""
    if not shutil.which("docker"):
        return "docker is not installed"
    for command in (
        ["docker", "version", "--format", "{{.Server.Version}}"],
        ["docker", "buildx", "version"],
    ):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
        except subprocess.TimeoutExpired:
            return f"{' '.join(command[:3])} does not answer"
        if done.returncode:
            return f"{' '.join(command[:3])}: {(done.stderr or done.stdout).strip()[:200]}"
    return ""


@pytest.fixture(scope="module", autouse=True)
def engine() -> None:
    if missing():
        pytest.skip(f"no engine answers: {missing()}")


@pytest.fixture(scope="module")
def understood(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Say for each version of the syntax whether the engine's front end knows it."""
    return {
        version: not warnings_of(call(probe, PROBE_FILES, tmp_path_factory.mktemp("probe")))
        for version, probe in PROBES.items()
    }


@pytest.mark.parametrize("case", list(all_cases()), ids=lambda case: case.id)
def test_front_end_agrees(case: Case, understood: dict[str, bool], tmp_path: Path) -> None:
    if case.engine:
        pytest.skip(f"no front end is asked: {case.engine}")
    if case.syntax and not understood[case.syntax]:
        pytest.skip(f"the engine's front end is older than Dockerfile syntax {case.syntax}")
    told = warnings_of(call(case.dockerfile, case.files, tmp_path))
    assert told == {(one.check, one.line) for one in case.findings}
