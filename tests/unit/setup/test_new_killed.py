"""`dockgen new` that dies while it writes: the old set or the new set, and the next run mends it."""

import datetime
import functools
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dockgen.output.files import recover, write_all
from dockgen.setup import target
from dockgen.setup.new import Request, create

GO = Path(__file__).parents[2] / "stacks" / "go" / "api" / "project"
NAMES = ("Dockerfile", ".dockerignore", "dockgen.yaml", "dockgen.lock")
TODAY = datetime.date(2026, 11, 1)
DRIVER = """
import datetime, functools, os, signal, sys
from pathlib import Path
from dockgen.output.files import write_all
from dockgen.setup import target
from dockgen.setup.new import Request, create

left = int(sys.argv[2])
def checkpoint(_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

target.write_all = functools.partial(write_all, checkpoint=checkpoint)
create(Request(Path(sys.argv[1]), datetime.date(2026, 11, 1), flags=("port=9000",), yes=True))
"""


def generated(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in NAMES if (folder / name).exists()}


def rerun(folder: Path) -> dict[str, bytes]:
    create(Request(folder, TODAY, flags=("port=9000",), yes=True))
    assert not (folder / ".dockgen.journal").exists()
    return generated(folder)


def test_every_state_on_the_way_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A copy at each step is what the disk holds when the process is killed there.
    project = Path(shutil.copytree(GO, tmp_path / "api"))
    create(Request(project, TODAY, yes=True))
    old, states = generated(project), []

    def checkpoint(_: str) -> None:
        states.append(Path(shutil.copytree(project, tmp_path / "states" / str(len(states)) / "api")))

    monkeypatch.setattr(target, "write_all", functools.partial(write_all, checkpoint=checkpoint))
    new = rerun(project)
    monkeypatch.undo()
    assert len(states) > 10
    assert old != new
    for state in states:
        recover(state)
        assert generated(state) in (old, new)
    assert rerun(states[len(states) // 2]) == new


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
@pytest.mark.parametrize("step", [3, 12, 20])
def test_a_killed_process_is_mended_by_the_next_run(tmp_path: Path, step: int) -> None:
    project = Path(shutil.copytree(GO, tmp_path / "api"))
    create(Request(project, TODAY, yes=True))
    words = [sys.executable, "-c", textwrap.dedent(DRIVER), str(project), str(step)]
    done = subprocess.run(words, capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (project / ".dockgen.journal").exists()
    assert b"EXPOSE 9000" in rerun(project)["Dockerfile"]
