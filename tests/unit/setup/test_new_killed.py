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
from dockgen.setup.each import create_each
from dockgen.setup.new import Request, create

GO = Path(__file__).parents[2] / "stacks" / "go" / "api" / "project"
NAMES = ("Dockerfile", ".dockerignore", "dockgen.yaml", "dockgen.lock")
TODAY = datetime.date(2026, 11, 1)
DRIVER = """
import datetime, functools, os, signal, sys
from pathlib import Path
from dockgen.output.files import write_all
from dockgen.setup import target
from dockgen.setup.each import create_each
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


def sets(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.name.startswith(NAMES)
    }


def each(root: Path, *flags: str) -> dict[str, bytes]:
    create_each(Request(root, TODAY, flags=flags, yes=True))
    assert not list(root.rglob(".dockgen.journal"))
    return sets(root)


def test_several_apps_are_all_old_or_all_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "mono"
    shutil.copytree(GO, root / "api")
    shutil.copytree(GO.parents[1] / "two-programs/project", root / "shop")
    (root / ".git").mkdir()
    old, states, steps = each(root), [], []

    def checkpoint(step: str) -> None:
        steps.append(step)
        # Writing is many steps alike; deciding and moving are few.
        if not step.startswith(("write", "fsync")):
            states.append(Path(shutil.copytree(root, tmp_path / "states" / str(len(states)) / "mono")))

    monkeypatch.setattr(target, "write_all", functools.partial(write_all, checkpoint=checkpoint))
    new = each(root, "vendor=Acme")
    monkeypatch.undo()
    moved = [step.rpartition(" ")[2] for step in steps if step.startswith("rename new.")]
    assert moved[-3:] == ["dockgen.lock"] * 3
    assert old != new
    assert len(states) > 30
    for state in states:
        recover(state)
        assert sets(state) in (old, new)


def test_a_run_for_one_app_mends_what_one_for_all_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "mono"
    shutil.copytree(GO, root / "api")
    shutil.copytree(GO.parents[1] / "two-programs/project", root / "shop")
    (root / ".git").mkdir()
    each(root)

    def checkpoint(step: str) -> None:
        if step.startswith("rename new.2 "):
            raise KeyboardInterrupt

    monkeypatch.setattr(target, "write_all", functools.partial(write_all, checkpoint=checkpoint))
    with pytest.raises(KeyboardInterrupt):
        create_each(Request(root, TODAY, flags=("vendor=Acme",), yes=True))
    monkeypatch.undo()
    assert (root / ".dockgen.journal/commit").exists()
    create(Request(root / "api", TODAY, yes=True))
    assert not (root / ".dockgen.journal").exists()
    assert all("vendor: Acme" in path.read_text() for path in root.rglob("dockgen.yaml"))
