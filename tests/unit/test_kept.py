"""Data files are read once for several runs, and again as soon as they change."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from dockgen import kept

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no owners of files there")


class Reader:
    """Counts how often it is asked."""

    def __init__(self, value: Any) -> None:
        self.value, self.times = value, 0

    def __call__(self) -> Any:
        self.times += 1
        return self.value


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "bundled", lambda kind: tmp_path / kind)
    (tmp_path / "stacks").mkdir()
    found = tmp_path / "stacks" / "a.yaml"
    found.write_text("text")
    return found


def _entries(file: Path) -> list[Path]:
    return list((file.parents[1] / "cache" / "dockgen" / "data").iterdir())


def test_read_once(file: Path) -> None:
    read = Reader({"a": [1, None, "é"]})
    assert [kept.data(file, "1", read) for _ in range(3)] == [read.value] * 3
    assert read.times == 1


def test_parts_are_kept_apart(file: Path) -> None:
    assert [kept.data(file, part, Reader([part])) for part in "121"] == [["1"], ["2"], ["1"]]


def test_a_changed_file_is_read_again(file: Path) -> None:
    kept.data(file, "1", Reader("old"))
    file.write_text("longer text")
    assert kept.data(file, "1", Reader("new")) == "new"
    status = file.stat()
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert kept.data(file, "1", Reader("newer")) == "newer"
    assert len(_entries(file)) == 1


@pytest.mark.parametrize("value", [{1: "a"}, datetime.date(2026, 1, 1), ("a",)])
def test_what_json_would_change_is_not_kept(file: Path, value: Any) -> None:
    read = Reader(value)
    assert [kept.data(file, "1", read) for _ in range(2)] == [value] * 2
    assert read.times == 2
    assert not _entries(file)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"state": 1}', b"\xff", b"[" * 100_000])
def test_a_damaged_entry_is_replaced(file: Path, text: bytes) -> None:
    kept.data(file, "1", Reader("good"))
    _entries(file)[0].write_bytes(text)
    assert kept.data(file, "1", Reader("good")) == "good"
    read = Reader("bad")
    assert kept.data(file, "1", read) == "good"
    assert read.times == 0


@pytest.mark.usefixtures("file")
def test_files_of_others_are_not_kept(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("text")
    read = Reader("value")
    assert [kept.data(other, "1", read) for _ in range(2)] == ["value"] * 2
    assert read.times == 2


def test_nothing_is_taken_from_where_others_can_write(file: Path) -> None:
    kept.data(file, "1", Reader("planted"))
    _entries(file)[0].parent.chmod(0o777)
    assert kept.data(file, "1", Reader("true")) == "true"


def test_a_missing_file_is_the_readers_affair(file: Path) -> None:
    file.unlink()
    assert kept.data(file, "1", Reader("told")) == "told"
