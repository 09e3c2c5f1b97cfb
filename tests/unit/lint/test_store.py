"""The store of earlier results: written in one step, bounded, never trusted."""

import json
import os
import sys
from pathlib import Path

import pytest

from dockgen.lint import store as module
from dockgen.lint.hadolint import Failure, Raw
from dockgen.lint.store import Store
from dockgen.resources import cache_folder


def test_what_was_kept_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    outcome = (Raw("DL3006", "warning", 1, "é"),)
    store.keep_outcome(store.key("a"), outcome)
    assert Store(tmp_path).outcome(store.key("a")) == outcome
    assert Store(tmp_path).outcome(store.key("b")) is None


def test_what_failed_for_want_of_time_is_tried_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep_outcome("aa1", Failure("took longer than 10 s"))
    store.keep_outcome("aa2", Failure("cannot read line 3 (x)"))
    assert store.outcome("aa1") is None
    assert store.outcome("aa2") == Failure("cannot read line 3 (x)")


@pytest.mark.parametrize(
    "data", [b"", b"{", b"3", b'"x"', b"[[1]]", b"[[1,2,3,4,5]]", b'{"a":1}', b"\xff", b"[" * 100000]
)
def test_an_entry_that_makes_no_sense_counts_as_absent(tmp_path: Path, data: bytes) -> None:
    store = Store(tmp_path)
    path = store._path("aabb")
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    assert store.outcome("aabb") is None


def test_keys_tell_parts_apart() -> None:
    assert Store.key("ab", "c") != Store.key("a", "bc")
    assert Store.key("a") != Store.key("a", "")


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "lint").write_text("a file where the folder should be")
    store = Store(tmp_path)
    store.write("aabb", [1])
    store.prune()
    assert store.read("aabb") is None


def test_the_oldest_entries_go_beyond_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 3)
    store = Store(tmp_path)
    for number in range(6):
        store.write(f"{number:04}", number)
        os.utime(store._path(f"{number:04}"), (number, number))
    store.prune()
    assert [store.read(f"{number:04}") for number in range(6)] == [None, None, None, 3, 4, 5]


def test_no_half_written_entry_is_left(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("aabb", ["x"])
    assert [path.name for path in (tmp_path / "lint" / "aa").iterdir()] == ["bb.json"]
    assert json.loads((tmp_path / "lint" / "aa" / "bb.json").read_text()) == ["x"]


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG base directories")
def test_the_folder_follows_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "dockgen"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "dockgen"
