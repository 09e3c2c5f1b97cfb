"""The rebuild after a change: an engine that drops its cache is told apart from a Dockerfile at fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dockgen.verify.checks import warm_rebuild
from dockgen.verify.engine.model import BuildOutcome, BuildRequest
from dockgen.verify.model import CheckResult, Status
from dockgen.verify.progress import BuildLog
from dockgen.verify.session import Session
from dockgen.verify.target import load_target
from unit.verify.archives import Archive
from unit.verify.test_verify_runner import Broken

STEP = "[build 2/3] RUN pip install -r requirements.txt"


class Caching(Broken):
    """An engine that keeps one step by what it was made from, and loses all it kept before given builds."""

    def __init__(self, forgets: set[int], copies_first: bool) -> None:
        super().__init__()
        self.forgets = forgets
        self.copies_first = copies_first
        self.builds = 0
        self.kept: set[bytes] = set()

    def build(self, request: BuildRequest, heard: Callable[[str], None]) -> BuildOutcome:
        self.builds += 1
        if self.builds in self.forgets:
            self.kept.clear()
        source = (request.context / "a.py").read_bytes()
        key = source if self.copies_first else b"requirements"
        cached = key in self.kept and not request.no_cache
        self.kept.add(key)
        log = BuildLog(heard)
        vertex = {"digest": "1", "name": STEP, "started": "2026-01-01T00:00:00Z", "cached": cached}
        log.feed(json.dumps({"vertexes": [vertex]}).encode() + b"\n")
        if request.archive:
            archive = Archive()
            archive.write(request.archive, archive.image([b"base", source], kind="tar"))
        return BuildOutcome(True, 1.0, log)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY a.py /\n", encoding="utf-8")
    (tmp_path / "a.py").write_bytes(b"pass")
    return tmp_path


@pytest.fixture
def checked(project: Path) -> Iterator[Callable[..., tuple[CheckResult, Session]]]:
    sessions = []

    def run(forgets: set[int], copies_first: bool = False) -> tuple[CheckResult, Session]:
        session = Session(load_target(project), Caching(forgets, copies_first))
        sessions.append(session)
        session.__enter__()
        assert session.main.outcome.succeeded
        (result,) = warm_rebuild.run(session)
        return result, session

    yield run
    for session in sessions:
        session.__exit__()


def test_a_kept_layer_passes_with_one_build(checked: Callable[..., tuple[CheckResult, Session]]) -> None:
    result, session = checked(set())
    assert (result.status, session.engine.builds) == (Status.PASSED, 2)  # type: ignore[attr-defined]
    assert result.evidence == (f"cached: {STEP}",)
    assert session.warm_bytes == len(b"pass\n# one more line\n")


def test_source_copied_first_fails_though_the_cache_is_whole(
    checked: Callable[..., tuple[CheckResult, Session]],
) -> None:
    result, _ = checked(set(), copies_first=True)
    assert result.status is Status.FAILED
    assert result.message == "a change of a.py installs the dependencies anew"
    assert result.evidence == (STEP,)


def test_source_copied_first_fails_with_a_cache_that_was_lost(
    checked: Callable[..., tuple[CheckResult, Session]],
) -> None:
    result, _ = checked({2, 3}, copies_first=True)
    assert result.status is Status.FAILED


@pytest.mark.parametrize(
    "lost", [{2}, {2, 3}, {2, 3, 4}], ids=["once", "twice", "until the build without the change"]
)
def test_a_cache_that_was_lost_is_no_fault(
    lost: set[int], checked: Callable[..., tuple[CheckResult, Session]]
) -> None:
    result, session = checked(lost)
    assert result.status is Status.PASSED
    assert result.evidence[-1].startswith("the engine had thrown its build cache away")
    # The layers of the tries before are not new any more.
    assert session.warm_bytes == len(b"pass" + b"\n# one more line" * (2 if lost == {2} else 3) + b"\n")


def test_a_cache_that_is_lost_each_time_proves_nothing(
    checked: Callable[..., tuple[CheckResult, Session]],
) -> None:
    result, _ = checked(set(range(2, 9)))
    assert result.status is Status.SKIPPED
    assert "threw its build cache away 4 times" in result.message
    assert "disk" in result.evidence[0]


def test_the_copied_source_is_as_before_after_a_failure(
    checked: Callable[..., tuple[CheckResult, Session]],
) -> None:
    _, session = checked(set(), copies_first=True)
    assert (session.context / "a.py").read_bytes() == b"pass"
