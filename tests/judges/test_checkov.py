"""checkov, which knows nothing of dockgen, on every Dockerfile that the cases of tests/stacks expect.

CHECKOV names the program; `make test-judges` installs it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
STACKS = HERE.parent / "stacks"
CASES = sorted(path.parent for path in STACKS.glob("*/*/expected"))


@dataclass(frozen=True)
class Accepted:
    """One report that is not so."""

    check: str
    because: str
    without: str = ""

    def covers(self, check: str, text: str) -> bool:
        return check == self.check and not (self.without and re.search(self.without, text, re.MULTILINE))


ACCEPTED = [Accepted(**row) for row in yaml.safe_load((HERE / "accepted.yaml").read_text())["accepted"]]


def judged(folder: Path) -> dict[str, Any]:
    program = os.environ.get("CHECKOV") or shutil.which("checkov")
    assert program, "checkov is not installed: make test-judges does that"
    options = ["--framework", "dockerfile", "--output", "json", "--quiet", "--compact", "--skip-download"]
    done = subprocess.run(
        [program, "--directory", str(folder), *options],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All Dockerfiles, each in a folder <stack>/<case>."""
    root = tmp_path_factory.mktemp("judged")
    for case in CASES:
        for path in (case / "expected").iterdir():
            if path.name.endswith("Dockerfile"):
                target = root / case.parent.name / case.name / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
    return root


def test_checkov_finds_nothing_but_what_is_not_so(laid_out: Path) -> None:
    report = judged(laid_out)
    summary = report["summary"]
    assert summary["parsing_errors"] == 0
    assert summary["passed"] > len(CASES), "checkov did not look at every file"
    found = [
        (one["check_id"], one["file_path"].lstrip("/"), one["check_name"])
        for one in report["results"]["failed_checks"]
    ]
    text = {path: (laid_out / path).read_text() for _, path, _ in found}
    new = [
        f"{path}: {check} {name}"
        for check, path, name in found
        if not any(row.covers(check, text[path]) for row in ACCEPTED)
    ]
    assert new == []
    stale = [row.check for row in ACCEPTED if not any(row.covers(c, text[path]) for c, path, _ in found)]
    assert stale == [], "accepted, and reported no more"


def test_checkov_would_have_found_something(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(
        "FROM debian:latest\nADD https://example.com/a /a\nEXPOSE 22\nUSER root\n"
    )
    failed = {one["check_id"] for one in judged(tmp_path)["results"]["failed_checks"]}
    assert {"CKV_DOCKER_1", "CKV_DOCKER_2", "CKV_DOCKER_4", "CKV_DOCKER_7", "CKV_DOCKER_8"} <= failed
    assert not any(row.covers("CKV_DOCKER_2", "EXPOSE 22\n") for row in ACCEPTED)
