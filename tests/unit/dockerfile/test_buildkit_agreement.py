"""Our parser against the newest BuildKit's own code: a Go program that is built here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from dockgen.dockerfile.parser import parse
from fuzz.agreement import Line, lines, parse_problems
from fuzz.buildkit import BuildKit, program, unpacked
from fuzz.grammar import CASES, FILES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def buildkit() -> Iterator[BuildKit]:
    path = program()
    if path is None:
        pytest.skip("Go or its modules are not at hand")
    running = BuildKit(path)
    yield running
    running.close()


@pytest.mark.parametrize("source", CASES)
def test_agrees_with_buildkit(source: str, buildkit: BuildKit) -> None:
    _hold(source, buildkit)


@settings(
    max_examples=1500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(source=FILES)
def test_grown_files_agree_with_buildkit(source: str, buildkit: BuildKit) -> None:
    _hold(source, buildkit)


def _hold(source: str, buildkit: BuildKit) -> None:
    ours = parse(source)
    theirs = buildkit.parse(source)
    if theirs["Panic"]:
        return
    assert _directive(ours, "syntax") == theirs["Syntax"]
    assert _directive(ours, "check") == theirs["Check"]
    if theirs["Error"]:
        assert ours.problems, theirs["Error"]
        return
    if all(line["Keyword"] for line in theirs["Lines"]):
        assert parse_problems(ours) == []
    assert ours.escape == theirs["Escape"]
    expected = [_line(line) for line in theirs["Lines"] if line["Keyword"]]
    assert _accepted(lines(ours), theirs) == _accepted(expected, theirs)
    for mine, their in zip(lines(ours), expected, strict=True):
        assert their.start <= mine.start <= mine.end <= their.end
    assert _refused(ours) == bool(theirs["Stages"]), (ours.problems, theirs["Stages"])


def _accepted(found: list[Line], theirs: Any) -> list[Line]:
    """Leave out the checks of health that are refused: BuildKit cuts their kind inside a character."""
    answers = [line for line in theirs["Lines"] if line["Keyword"]]
    assert len(found) == len(answers)
    pairs = zip(found, answers, strict=True)
    return [
        line for line, their in pairs if not (line.keyword == "HEALTHCHECK" and their["InstructionError"])
    ]


def _directive(dockerfile: Any, name: str) -> str:
    return next((one.value for one in dockerfile.directives if one.name == name), "")


def _refused(dockerfile: Any) -> bool:
    # BuildKit looks at a mount's keys and values, and expands words, only when it builds.
    later = ("key", "mount type", "sharing", "failed to process")
    messages = [problem.message for problem in dockerfile.problems]
    return any(not any(word in message for word in later) for message in messages)


def _line(found: Any) -> Line:
    keyword = unpacked(found["Keyword"])
    trigger = unpacked(found["Trigger"]) if found["Trigger"] is not None else None
    values = [unpacked(value) for value in found["Values"] or []]
    if (trigger or keyword).upper() in ("ENV", "LABEL"):
        values = [value for index, value in enumerate(values) if index % 3 < 2]
    return Line(
        keyword,
        trigger,
        found["JSON"],
        [unpacked(flag) for flag in found["Flags"] or []],
        [] if values == [""] and not found["JSON"] else values,
        [(unpacked(one["Name"]), unpacked(one["Content"])) for one in found["Heredocs"] or []],
        found["Start"],
        found["End"],
    )
