from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.errors import OutputError
from dockgen.output.backup import back_up
from dockgen.output.drift import State, diff, states, visible
from dockgen.output.lock import Lock, StackVersion, TemplateVersion


def lock(**files: str) -> Lock:
    return Lock("1", StackVersion("a", "1"), TemplateVersion("b", "d"), files=files)


def test_the_state_of_each_file(tmp_path):
    for name, content in {
        "same": b"a\nb\n",
        "crlf": b"a\r\nb\r\n",
        "edited": b"x",
        "binary": b"\xff\0",
        "own": b"",
    }.items():
        (tmp_path / name).write_bytes(content)
    pristine = lock(same="a\nb\n", crlf="a\nb\n", edited="a\n", binary="a\n", gone="a\n")
    paths = ["same", "crlf", "edited", "binary", "gone", "own", "fresh"]
    assert states(tmp_path, paths, pristine) == {
        "same": "unchanged", "crlf": "unchanged", "edited": "edited", "binary": "edited", "gone": "missing",
        "own": "foreign", "fresh": "new",
    }  # fmt: skip
    assert states(tmp_path, ["same", "fresh"], None) == {"same": State.FOREIGN, "fresh": State.NEW}


def test_what_is_no_file_is_refused(tmp_path):
    (tmp_path / "Dockerfile").mkdir()
    with pytest.raises(OutputError, match="a folder is in the way"):
        states(tmp_path, ["Dockerfile"], None)
    with (tmp_path / "huge").open("wb") as stream:
        stream.truncate(2**40)
    with pytest.raises(OutputError, match="huge: larger than 16 MiB"):
        states(tmp_path, ["huge"], None)


def test_backups_are_numbered_and_never_overwritten(tmp_path):
    file = tmp_path / "Dockerfile"
    file.write_bytes(b"one\r\n")
    file.chmod(0o640)
    (tmp_path / "Dockerfile.bak2").symlink_to("/nowhere")
    assert back_up(file).name == "Dockerfile.bak1"
    file.write_bytes(b"two")
    assert back_up(file).name == "Dockerfile.bak3"
    assert (tmp_path / "Dockerfile.bak1").read_bytes() == b"one\r\n"
    assert (tmp_path / "Dockerfile.bak1").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "Dockerfile.bak2").is_symlink()


def test_a_diff():
    assert diff("a\nb\nc\n", "a\nB\nc", "Dockerfile") == (
        "--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,3 +1,3 @@\n"
        " a\n-b\n-c\n+B\n+c\n\\ No newline at end of file\n"
    )
    assert diff("a", "a\n", "f").splitlines()[3:] == ["-a", "\\ No newline at end of file", "+a"]
    assert diff(None, "a\n", "f").startswith("--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+a\n")
    assert diff("a\n", None, "f").startswith("--- a/f\n+++ /dev/null\n")
    assert diff("a", "a", "f") == diff(None, None, "f") == ""


def test_a_diff_shows_what_a_terminal_would_hide_or_obey():
    shown = diff("a\n", "\x1b[2J\u202e\r\tb\udc80\n", "f\x1b")
    assert "+\\x1b[2J\\u202e\\r\tb\\udc80\n" in shown and "+++ b/f\\x1b\n" in shown
    assert visible("é ☃") == "é ☃"


def test_a_huge_diff_is_not_made():
    text = "x\n" * 30_000
    assert diff(text, text + "y\n", "f") == "f: too long for a diff\n"
    assert diff(text, text, "f") == ""


some_lines = st.text("ab\n", max_size=12)


@given(some_lines, some_lines)
def test_patch_makes_the_new_text_of_the_old(tmp_path_factory, old, new):
    folder: Path = tmp_path_factory.getbasetemp() / "patch"
    folder.mkdir(exist_ok=True)
    (folder / "f").write_text(old)
    change = diff(old, new, "f")
    assert bool(change) == (old != new)
    if change:
        command = ["git", "apply", "--unsafe-paths", "--whitespace=nowarn", "-"]
        subprocess.run(
            command, cwd=folder, input=change, text=True, check=True, env={"GIT_CEILING_DIRECTORIES": "/"}
        )
        assert (folder / "f").read_text() == new
