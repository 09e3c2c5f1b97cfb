"""A function in another process: the same results and errors, whatever becomes of that process."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dockgen import ahead
from dockgen.ahead import Ahead
from dockgen.errors import RenderError

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no other process elsewhere")
HERE = os.getpid()


@pytest.fixture(autouse=True)
def _pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "pays", lambda: True)


def _called(function: Callable[[Any], Any], given: Any) -> Any:
    with Ahead(lambda: function) as other:
        return other(given)


def _descriptors() -> list[str]:
    return os.listdir("/proc/self/fd")  # noqa: PTH208


def test_another_process_answers() -> None:
    number, pid = _called(lambda given: (given + 1, os.getpid()), 1)
    assert number == 2
    assert pid != os.getpid()


@pytest.mark.parametrize("size", [0, 1, 1 << 16, 1 << 22])
def test_of_any_size(size: int) -> None:
    assert _called(lambda given: given * 2, b"x" * size) == b"x" * size * 2


def test_it_loads_at_once(tmp_path: Path) -> None:
    def load() -> Callable[[str], str]:
        (tmp_path / "loaded").touch()
        return str.upper

    with Ahead(load) as other:
        until = time.monotonic() + 10
        while not (tmp_path / "loaded").exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert (tmp_path / "loaded").exists()
        assert other("a") == "A"


def test_an_error_keeps_its_type_and_its_words() -> None:
    def fails(given: str) -> None:
        raise RenderError(f"template {given}", "mend it")

    with pytest.raises(RenderError) as caught:
        _called(fails, "x")
    assert (caught.value.message, caught.value.hint) == ("template x", "mend it")


def _dies(given: str) -> str:
    if os.getpid() != HERE:
        os._exit(1)
    return given


def _returns_what_cannot_be_pickled(given: str) -> Any:
    return given if os.getpid() == HERE else lambda: given


def _ends_python(given: str) -> str:
    if os.getpid() != HERE:
        raise SystemExit(3)
    return given


@pytest.mark.parametrize("function", [_dies, _returns_what_cannot_be_pickled, _ends_python])
def test_without_an_answer_the_work_is_done_here(function: Callable[[str], str]) -> None:
    assert _called(function, "given") == "given"


def test_a_child_that_dies_while_it_loads_takes_nothing_with_it() -> None:
    def load() -> Callable[[bytes], int]:
        if os.getpid() != HERE:
            os._exit(1)
        return len

    with Ahead(load) as other:
        assert other(b"x" * (1 << 20)) == 1 << 20


def test_what_goes_on_here_meanwhile() -> None:
    done: list[int] = []
    with Ahead(lambda: str.upper, lambda: done.append(os.getpid())) as other:
        assert other("a") == "A"
    assert done == [HERE]


def test_nothing_is_left_behind(capfd: pytest.CaptureFixture[str]) -> None:
    before = _descriptors()
    started = time.monotonic()
    with Ahead(lambda: time.sleep(60) or str.upper):  # type: ignore[func-returns-value]
        pass
    assert _called(str.upper, "a") == "A"
    assert time.monotonic() - started < 30
    assert _descriptors() == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert capfd.readouterr() == ("", "")


def test_it_pays_only_where_a_fork_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    thread = threading.Thread(target=time.sleep, args=(0.5,))
    thread.start()
    assert not ahead.pays()
    thread.join()
    assert ahead.pays() is (threading.active_count() == 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert not ahead.pays()


def test_no_process_to_be_had_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("too many processes")

    monkeypatch.setattr(os, "fork", refuse)
    before = _descriptors()
    assert _called(str.upper, "a") == "A"
    assert _descriptors() == before
