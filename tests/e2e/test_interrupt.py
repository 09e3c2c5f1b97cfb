"""Ctrl-C, at any time, leaves nothing behind: no container, image, cache mount, process or folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dockgen.verify.engine.model import LABEL
from e2e.broken_cases import BrokenCase

PATIENCE = 120


def left(temporary: Path, run: str) -> list[str]:
    """Return what a run of verify has left on the engine and in its folder for temporary files."""
    commands = {
        "container": ["ps", "--all", "--quiet", "--filter", f"label={LABEL}={run}"],
        "image": ["images", "--quiet", f"dockgen-verify:{run}"],
        "cache mount": ["buildx", "du", "--verbose", "--filter", "type=exec.cachemount"],
    }
    found = [path.name for path in temporary.glob("dockgen-verify-*")]
    for kind, command in commands.items():
        done = subprocess.run(["docker", *command], capture_output=True, text=True, check=True)
        rows = done.stdout.splitlines()
        found += [
            f"{kind} {row}" for row in rows if kind != "cache mount" or f'with id "dockgen-{run}' in row
        ]
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    "moment", ["[build 3/3] RUN", "starting a container (hardened)", "check: stops-in-time"]
)
@pytest.mark.usefixtures("engine")
def test_an_interrupted_run_leaves_nothing(moment: str, how: signal.Signals, tmp_path: Path) -> None:
    project = BrokenCase("slow", {}, edit=[["echo built", "sleep 2 && echo built"]]).write(tmp_path / "probe")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "dockgen.cli.main", "verify", str(project)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    child = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        # A shell starts background jobs with SIGINT ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    assert child.stderr is not None
    seen = []
    for line in child.stderr:
        seen.append(line)
        if moment in line:
            break
    assert any(moment in line for line in seen), seen
    time.sleep(0.3)
    child.send_signal(how)
    _, errors = child.communicate(timeout=PATIENCE)
    assert child.returncode == 130, errors
    assert "Traceback" not in errors
    (run,) = re.findall(r"^run ([0-9a-f]{12}):", "".join(seen), re.MULTILINE)
    assert left(temporary, run) == []
