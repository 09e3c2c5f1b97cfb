"""Several files written as one: whatever happens, the old set or the new set."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dockgen.errors import OutputError
from dockgen.output import disk as disk_module
from dockgen.output.files import WriteResult, recover, write_all
from dockgen.output.target import JOURNAL

OLD = {"Dockerfile": "FROM old\n", "dockgen.lock": "old lock\n", "sub/a.txt": "old a\n"}
NEW = {
    "Dockerfile": "FROM new\n" * 10_000,
    "dockgen.lock": "new lock\n",
    "new/b.txt": "b\n",
    "sub/a.txt": "new a\n",
}

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def contents(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    write_all(folder, OLD)
    return folder


def killed_at(step: int, action: Callable[[Callable[[str], None]], object]) -> bool:
    """Run an action in a child that kills itself with SIGKILL before its n-th step; whether it did."""
    child = os.fork()
    if child == 0:
        count = 0

        def checkpoint(_: str) -> None:
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            action(checkpoint)
            os._exit(0)
        finally:
            os._exit(2)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_files_are_written_and_kept_where_they_are_equal(tmp_path):
    assert write_all(tmp_path, OLD) == WriteResult(("Dockerfile", "sub/a.txt", "dockgen.lock"), ())
    changed = {**OLD, "Dockerfile": b"FROM b\r\n"}
    before = (tmp_path / "dockgen.lock").stat().st_mtime_ns
    assert write_all(tmp_path, changed) == WriteResult(("Dockerfile",), ("sub/a.txt", "dockgen.lock"))
    assert (tmp_path / "Dockerfile").read_bytes() == b"FROM b\r\n"
    assert (tmp_path / "dockgen.lock").stat().st_mtime_ns == before
    assert write_all(tmp_path, changed).written == ()
    assert not (tmp_path / JOURNAL).exists()


def test_the_lock_is_moved_into_place_last(tmp_path):
    steps: list[str] = []
    write_all(tmp_path, {"z": "1", "my.lock": "2", "a": "3"}, lock_name="my.lock", checkpoint=steps.append)
    moved = [step.split()[-1] for step in steps if step.startswith("rename new")]
    assert moved == ["a", "z", "my.lock"]
    assert steps.index("rename plan commit") < steps.index("rename new.0 a")


@needs_fork
def test_killed_before_every_step_the_next_run_finds_the_old_or_the_new_set(tmp_path):
    outcomes = []
    for step in range(1, 1_000):
        root = tmp_path / str(step)
        write_all(root, OLD)
        if not killed_at(step, lambda checkpoint: write_all(root, NEW, checkpoint=checkpoint)):  # noqa: B023
            break
        recovery = recover(root)
        found = contents(root)
        assert found in (OLD, NEW), step
        assert not (root / JOURNAL).exists()
        outcomes.append((found == NEW, recovery))
    assert len(outcomes) > 25
    assert {(False, "rolled back"), (True, "finished")} <= set(outcomes)
    assert [new for new, _ in outcomes] == sorted(new for new, _ in outcomes)


@needs_fork
@pytest.mark.parametrize("part", [0.3, 0.6, 0.8])
def test_a_recovery_that_is_killed_is_recovered(tmp_path, part):
    steps: list[str] = []
    write_all(tmp_path / "count", OLD)
    write_all(tmp_path / "count", NEW, checkpoint=steps.append)
    middle = int(len(steps) * part)
    for step in range(1, 1_000):
        root = tmp_path / str(step)
        write_all(root, OLD)
        assert killed_at(middle, lambda checkpoint: write_all(root, NEW, checkpoint=checkpoint))  # noqa: B023
        if not killed_at(step, lambda checkpoint: recover(root, checkpoint=checkpoint)):  # noqa: B023
            break
        recover(root)
        assert contents(root) in (OLD, NEW), step
    assert step > 5


@needs_fork
def test_the_next_write_recovers_first(root):
    steps: list[str] = []
    write_all(root.with_name("count"), OLD)
    write_all(root.with_name("count"), NEW, checkpoint=steps.append)
    assert killed_at(
        steps.index("rename new.1 b.txt") + 1, lambda checkpoint: write_all(root, NEW, checkpoint=checkpoint)
    )
    result = write_all(root, {"Dockerfile": "FROM third\n"})
    assert result.recovered == "finished"
    assert contents(root) == {**NEW, "Dockerfile": "FROM third\n"}


@needs_fork
def test_what_was_edited_after_a_kill_is_kept(root):
    steps: list[str] = []
    write_all(root.with_name("count"), OLD)
    write_all(root.with_name("count"), NEW, checkpoint=steps.append)
    step = steps.index("rename new.2 a.txt") + 1
    assert killed_at(step, lambda checkpoint: write_all(root, NEW, checkpoint=checkpoint))
    (root / "sub/a.txt").write_text("edited\n")
    assert recover(root) == "finished"
    assert contents(root) == {**NEW, "sub/a.txt.bak1": "edited\n"}


@pytest.mark.parametrize("failing", ["create new.1", "fsync new.2", "create plan", "rename plan commit"])
def test_a_failure_before_the_decision_leaves_the_old_set(root, failing):
    def checkpoint(step: str) -> None:
        if step == failing:
            raise OSError(5, "Input/output error", "x")

    with pytest.raises(OutputError, match="Input/output error"):
        write_all(root, NEW, checkpoint=checkpoint)
    assert contents(root) == OLD


@pytest.mark.parametrize(
    "failing", ["rename new.0 Dockerfile", "rename new.2 a.txt", "mkdir new", "fsync sub/"]
)
def test_a_failure_while_moving_puts_the_old_set_back(root, failing):
    def checkpoint(step: str) -> None:
        if step == failing:
            raise PermissionError(13, "Permission denied", "x")

    with pytest.raises(OutputError, match="Permission denied"):
        write_all(root, NEW, checkpoint=checkpoint)
    assert contents(root) == OLD


def test_a_failure_while_moving_back_is_rolled_back_by_the_next_run(root):
    broken = True

    def checkpoint(step: str) -> None:
        if broken and step in ("rename new.2 a.txt", "rename old.0 Dockerfile"):
            raise OSError(5, "Input/output error", "x")

    with pytest.raises(OutputError):
        write_all(root, NEW, checkpoint=checkpoint)
    assert (root / JOURNAL / "abort").exists()
    broken = False
    assert recover(root) == "rolled back"
    assert contents(root) == OLD


def test_without_hard_links_the_old_files_are_copied(root, monkeypatch):
    def link(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(disk_module.os, "link", link)

    def checkpoint(step: str) -> None:
        if step == "rename new.2 a.txt":
            raise OSError(5, "Input/output error", "x")

    with pytest.raises(OutputError):
        write_all(root, NEW, checkpoint=checkpoint)
    assert contents(root) == OLD


def test_modes(tmp_path):
    previous = os.umask(0o027)
    try:
        write_all(tmp_path, {"a": "1", "b": "1"})
        (tmp_path / "b").chmod(0o755)
        write_all(tmp_path, {"a": "2", "b": "2", "sub/c": "2"})
    finally:
        os.umask(previous)
    modes = {name: (tmp_path / name).stat().st_mode & 0o7777 for name in ("a", "b", "sub", "sub/c")}
    assert modes == {"a": 0o640, "b": 0o755, "sub": 0o750, "sub/c": 0o640}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_is_kept(tmp_path):
    write_all(tmp_path, {"a": "1"})
    os.chown(tmp_path / "a", 1234, 2345)
    write_all(tmp_path, {"a": "2"})
    status = (tmp_path / "a").stat()
    assert (status.st_uid, status.st_gid, (tmp_path / "a").read_text()) == (1234, 2345, "2")


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a/../b", "", "a//b", ".", "a\nb", "a\\b", f"{JOURNAL}/x", "a/./b", "a\0b"]
)
def test_paths_that_are_none(tmp_path, path):
    with pytest.raises(OutputError, match="is not a path that can be written"):
        write_all(tmp_path, {path: "x"})
    assert list(tmp_path.iterdir()) == []


def test_symlinks_out_of_the_tree_are_refused(tmp_path):
    root = tmp_path / "out"
    root.mkdir()
    (tmp_path / "outside").mkdir()
    (root / "Dockerfile").symlink_to("../outside/Dockerfile")
    (root / "sub").symlink_to("../outside")
    for path in ("Dockerfile", "sub/x"):
        with pytest.raises(OutputError, match="the symlink leads out of") as caught:
            write_all(root, {"a": "x", path: "x"})
        assert caught.value.hint
    assert not (root / "a").exists() and list((tmp_path / "outside").iterdir()) == []


def test_symlinks_inside_are_written_through(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real/Dockerfile").write_text("old")
    (tmp_path / "Dockerfile").symlink_to("real/Dockerfile")
    write_all(tmp_path, {"Dockerfile": "new"})
    assert (tmp_path / "Dockerfile").is_symlink()
    assert (tmp_path / "real/Dockerfile").read_text() == "new"
    with pytest.raises(OutputError, match="are the same file"):
        write_all(tmp_path, {"Dockerfile": "1", "real/Dockerfile": "2"})


def test_what_is_in_the_way_is_named(tmp_path):
    (tmp_path / "Dockerfile").mkdir()
    (tmp_path / "file").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    for path, reason in (
        ("Dockerfile", "a folder"),
        ("file/x", "a file"),
        ("file/x/y", "a file"),
        ("pipe", "not a reg"),
    ):
        with pytest.raises(OutputError, match=f"{path}: {reason}") as caught:
            write_all(tmp_path, {path: "x"})
        assert caught.value.hint
    with pytest.raises(OutputError):
        write_all(tmp_path / "file", {"a": "x"})


@pytest.fixture
def without_rights() -> Iterator[Path]:
    """A folder of a user who is not root."""
    if not hasattr(os, "seteuid"):
        pytest.skip("no POSIX users here")
    folder = Path(os.path.realpath("/tmp")) / f"dockgen-test-{os.getpid()}"
    folder.mkdir()
    folder.chmod(0o777)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    yield folder
    if was_root:
        os.seteuid(0)
    subprocess.run(["chmod", "-R", "u+rwx", str(folder)], check=True)
    shutil.rmtree(folder)


def test_read_only_targets(without_rights):
    write_all(without_rights / "out", OLD)
    out = without_rights / "out"
    (out / "Dockerfile").chmod(0o444)
    with pytest.raises(OutputError, match="Dockerfile: the file is read-only"):
        write_all(out, NEW)
    (out / "Dockerfile").chmod(0o644)
    (out / "sub").chmod(0o555)
    with pytest.raises(OutputError, match=r"sub/a\.txt: the folder is read-only"):
        write_all(out, NEW)
    (out / "sub").chmod(0o755)
    out.chmod(0o555)
    with pytest.raises(OutputError, match="the folder is read-only") as caught:
        write_all(out, NEW)
    assert caught.value.hint
    with pytest.raises(OutputError, match="Permission denied"):
        write_all(out / "deeper", NEW)
    assert contents(out) == OLD


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=40", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("limit", ["space", "names"])
def test_on_a_full_disk_the_old_set_stays(small_disk, limit):
    old, new = {**OLD, "Dockerfile": "old" * 3_000}, {**OLD, "Dockerfile": "new" * 3_000, "x/y/z": "new"}
    outcomes = []
    for left in range(13):
        write_all(small_disk, old)
        fill(small_disk, limit, left)
        try:
            write_all(small_disk, new)
        except OutputError as error:
            assert "No space left on device" in error.message and "Free some space" in error.hint
            outcomes.append("old")
        else:
            outcomes.append("new")
        for file in small_disk.glob("filler*"):
            file.unlink()
        assert contents(small_disk) == (old if outcomes[-1] == "old" else new)
        assert not (small_disk / JOURNAL).exists()
        (small_disk / "x/y/z").unlink(missing_ok=True)
    assert set(outcomes) == {"old", "new"}


def fill(folder: Path, limit: str, left: int) -> None:
    """Take all space, or all names, but for a few pages or names."""
    number = 0
    try:
        while True:
            content = b"x" * 4096 if limit == "space" else b""
            (folder / f"filler{number:03}").write_bytes(content)
            number += 1
    except OSError:
        for back in range(max(0, number - left), number + 1):
            (folder / f"filler{back:03}").unlink(missing_ok=True)


def test_two_runs_do_not_write_at_once(root):
    refused: list[OutputError] = []

    def checkpoint(step: str) -> None:
        if step == "rename plan commit":
            thread = threading.Thread(target=second)
            thread.start()
            thread.join()

    def second() -> None:
        try:
            write_all(root, {"Dockerfile": "second"})
        except OutputError as error:
            refused.append(error)

    write_all(root, NEW, checkpoint=checkpoint)
    assert ["another run of dockgen is writing here" in error.message for error in refused] == [True]
    assert contents(root) == NEW


def plant(root: Path, entries: object, **files: str) -> None:
    """Put a journal into a folder as a hostile repository could."""
    (root / JOURNAL).mkdir()
    for name, text in files.items():
        (root / JOURNAL / name.replace("_", ".")).write_text(text)
    (root / JOURNAL / "commit").write_text(entries if isinstance(entries, str) else json.dumps(entries))


def test_a_planted_journal_cannot_write_elsewhere(root):
    after = hashlib.sha256(b"evil").hexdigest()
    for path in ("../evil", "/etc/evil", "sub/../../evil"):
        plant(root, [{"path": path, "before": None, "after": after}], new_0="evil")
        with pytest.raises(OutputError, match="is not a path that can be written"):
            recover(root)
        shutil.rmtree(root / JOURNAL)
    assert contents(root) == OLD and not (root.parent / "evil").exists()


@pytest.mark.parametrize(
    "entries",
    ["", "{", "[1]", '[{"path": 1, "before": null, "after": "x"}]', "[" * 100_000, '{"a": 1}', "\0"],
)
def test_a_journal_that_is_none_says_the_way_out(root, entries):
    plant(root, entries)
    with pytest.raises(OutputError, match=rf"{JOURNAL}/commit: cannot be understood") as caught:
        recover(root)
    assert JOURNAL in caught.value.hint


def test_a_journal_that_is_a_symlink_is_refused(root, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/keep").write_text("x")
    (root / JOURNAL).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="not a folder of dockgen's"):
        write_all(root, NEW)
    assert (tmp_path / "elsewhere/keep").exists()


def test_nothing_to_recover(tmp_path):
    assert recover(tmp_path) == "nothing"
    assert recover(tmp_path / "none") == "nothing"
