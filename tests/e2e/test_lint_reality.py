"""What a sample of lint rules claims is shown to be so: the bad example is built, and fails or leaks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dockgen.verify.model import Evidence
from e2e.broken_cases import BrokenCase

PYTHON = (
    "gcr.io/distroless/python3-debian13:nonroot@"
    "sha256:83aa8d4f74a4d7f7cf2d472054139bef71a927b76c680c0f2e1021d6b1d6d732"
)
STATIC = (
    "gcr.io/distroless/static-debian13:nonroot@"
    "sha256:e2e927ec666bae08560abb3c55d0659eceabb657f56b6782ab500a9fc7f555e3"
)
GOLANG = "golang:1.27.2-trixie@sha256:e58d6f83b3416618d8bcac2b3dde1b7f7e3c4a77d25e88637f8bbae81536c48d"
PROBE = '"python", "server.py", "http://127.0.0.1:8080/healthz"]'
LOCK = {"port": 8080, "health": "/healthz"}

CASES = {
    "missing-curl": (
        "DG1002",
        "healthy",
        "curl",
        BrokenCase(
            "missing-curl",
            {},
            lock=LOCK,
            edit=[
                [PROBE, '"curl", "--fail", "http://127.0.0.1:8080/healthz"]'],
                ["--start-period=5s", "--start-period=1s"],
            ],
        ),
    ),
    "shell-form-without-a-shell": (
        "DG1001",
        "hardened-start",
        "/bin/sh",
        BrokenCase(
            "shell-form",
            {},
            lock=LOCK,
            dockerfile=f"FROM {PYTHON}\nCOPY server.py /app/\nWORKDIR /app\n"
            "EXPOSE 8080\nENTRYPOINT python3 server.py\n",
        ),
    ),
    "linked-against-what-is-not-there": (
        "DG0903",
        "hardened-start",
        "no such file",
        BrokenCase(
            "glibc",
            {},
            files={
                "main.go": 'package main\n\n// #include <stdlib.h>\nimport "C"\n\n'
                "func main() { C.free(nil); select {} }\n",
                ".dockerignore": "**\n!main.go\n",
            },
            dockerfile=f"FROM {GOLANG} AS build\nWORKDIR /src\nCOPY main.go ./\n"
            f"RUN CGO_ENABLED=1 go build -o /app main.go\nFROM {STATIC}\nCOPY --from=build /app /app\n"
            'ENTRYPOINT ["/app"]\n',
        ),
    ),
    "copied-secret": (
        "DG0504",
        "leak-layers",
        "the canary of .env",
        BrokenCase(
            "copied-secret",
            {},
            files={".env": "DB_PASSWORD=hunter2hunter2\n", ".dockerignore": "**\n!server.py\n!.env\n"},
            edit=[["server.py ./", "server.py .env ./"]],
        ),
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_the_linter_warns_of_happens(
    name: str, run_verify: Callable[..., Evidence], tmp_path: Path
) -> None:
    rule, check, reason, case = CASES[name]
    project = case.write(tmp_path / "probe")
    command = [sys.executable, "-m", "dockgen.cli.main", "lint", str(project), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert rule in done.stdout, done.stdout + done.stderr
    evidence = run_verify(project, only=[check])
    (result,) = evidence.results
    assert result in evidence.failed
    assert reason in "\n".join([result.message, *result.evidence])
