"""Ctrl-C, an end by signal and a closed terminal leave nothing behind at any time.

No container, image, cache mount, process or folder.
"""

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


def heed() -> None:
    """A shell starts background jobs with SIGINT ignored, nohup with SIGHUP; children inherit that."""
    for ending in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ending, signal.SIG_DFL)


BUILDING, STARTING, STOPPING = "[build 3/3] RUN", "starting a container (hardened)", "check: stops-in-time"


@pytest.mark.parametrize(
    ("moment", "how"),
    [
        (BUILDING, signal.SIGINT),
        (STARTING, signal.SIGINT),
        (STOPPING, signal.SIGINT),
        (BUILDING, signal.SIGTERM),
        (STARTING, signal.SIGHUP),
    ],
    ids=lambda value: getattr(value, "name", value),
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
        preexec_fn=heed,  # noqa: PLW1509
    )
    assert child.stderr is not None
    seen = []
    for line in child.stderr:
        seen.append(line)
        if moment in line:
            break
    assert any(moment in line for line in seen), seen
    time.sleep(0.3)
    if how is signal.SIGHUP:
        # The terminal is gone with it: whatever is said now cannot be written.
        child.stderr.close()
        child.stderr = None
    child.send_signal(how)
    _, errors = child.communicate(timeout=PATIENCE)
    errors = errors or ""
    assert child.returncode == 130, errors
    assert "Traceback" not in errors
    (run,) = re.findall(r"^run ([0-9a-f]{12}):", "".join(seen), re.MULTILINE)
    assert left(temporary, run) == []
