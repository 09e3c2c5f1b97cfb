"""The end-to-end tests make room in the engine's build cache, and never under a test that runs."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("flock is not Windows'", allow_module_level=True)

from e2e.engine_room import EngineRoom, size


class Engine:
    """Answers as docker does, and remembers what it was asked."""

    def __init__(self, cache: str = "9.5GB", knows_filters: bool = True) -> None:
        self.cache, self.knows_filters = cache, knows_filters
        self.asked: list[str] = []

    def __call__(self, command: Sequence[str]) -> str:
        words = " ".join(command)
        self.asked.append(words)
        if "prune" in words:
            if "--filter" in words and not self.knows_filters:
                raise subprocess.CalledProcessError(1, words)
            self.cache = "0B"
        if "info" in words:
            return "/var/lib/docker\n"
        rows = [{"Type": "Images", "Size": "25.71GB"}, {"Type": "Build Cache", "Size": self.cache}]
        return "".join(json.dumps(row) + "\n" for row in rows)

    @property
    def prunes(self) -> list[str]:
        return [words for words in self.asked if "prune" in words]


def room(folder: Path, engine: Engine, free: float = 0.5, prunes: bool = True) -> EngineRoom:
    return EngineRoom(folder, engine, lambda _: free, prunes)


@pytest.mark.parametrize(
    ("cache", "free", "short"),
    [
        ("9.5GB", 0.5, True),
        ("7.9GB", 0.5, False),
        ("2.6GB", 0.25, False),
        ("2.6GB", 0.05, True),
        ("300MB", 0.05, False),
        ("12kB", 0.05, False),
        ("1.2TB", 0.9, True),
    ],
)
def test_room_is_short_by_the_cache_or_the_disk(cache: str, free: float, short: bool, tmp_path: Path) -> None:
    assert room(tmp_path, Engine(cache), free).short() is short


def test_layers_go_and_downloads_stay(tmp_path: Path) -> None:
    engine = Engine()
    with room(tmp_path, engine).test():
        assert engine.prunes == ["docker builder prune --all --force --filter type!=exec.cachemount"]


def test_an_engine_without_that_filter_is_emptied_whole(tmp_path: Path) -> None:
    engine = Engine(knows_filters=False)
    with room(tmp_path, engine).test():
        assert engine.prunes[-1] == "docker builder prune --all --force"


def test_the_engine_is_asked_once_a_minute(tmp_path: Path) -> None:
    engine = Engine("1GB")
    for _ in range(3):
        with room(tmp_path, engine).test():
            pass
    assert len([words for words in engine.asked if "df" in words]) == 1


def test_an_engine_that_others_use_keeps_its_cache(tmp_path: Path) -> None:
    engine = Engine()
    with room(tmp_path, engine, prunes=False).test():
        assert engine.asked == []


def test_an_engine_without_an_answer_stops_no_test(tmp_path: Path) -> None:
    def broken(command: Sequence[str]) -> str:
        raise FileNotFoundError(command[0])

    with EngineRoom(tmp_path, broken, prunes=True).test():
        pass


def test_a_prune_waits_for_running_tests_and_lets_none_start(tmp_path: Path) -> None:
    told: list[str] = []
    engine = Engine()
    running, may_end = threading.Event(), threading.Event()

    def first() -> None:
        with room(tmp_path, engine, prunes=False).test():
            running.set()
            may_end.wait(5)
            told.append("the first test ends")

    def second() -> None:
        with room(tmp_path, engine).test():
            told.append("pruned" if engine.prunes else "not pruned")

    def third() -> None:
        with room(tmp_path, engine, prunes=False).test():
            told.append("the third test runs")

    threads = [threading.Thread(target=work) for work in (first, second, third)]
    threads[0].start()
    assert running.wait(5)
    for thread in threads[1:]:
        thread.start()
        time.sleep(0.2)
    assert (engine.prunes, told) == ([], [])
    may_end.set()
    for thread in threads:
        thread.join(5)
    assert told[:1] == ["the first test ends"]
    assert sorted(told[1:]) == ["pruned", "the third test runs"]


@pytest.mark.parametrize(
    ("written", "expected"), [("0B", 0.0), ("2.607GB", 2.607e9), ("12.5kB", 12.5e3), ("?", 0.0)]
)
def test_sizes_are_read_as_docker_writes_them(written: str, expected: float) -> None:
    assert size(written) == expected
