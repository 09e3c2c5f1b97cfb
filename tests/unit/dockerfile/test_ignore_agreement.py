"""Ignore files against moby's own reader and matcher: a Go program that is built here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from dockgen.dockerfile.ignore import IgnoreFile
from fuzz.buildkit import BuildKit, program
from fuzz.ignore_cases import CASES, PATHS, WHOLE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def buildkit() -> Iterator[BuildKit]:
    path = program()
    if path is None:
        pytest.skip("Go or its modules are not at hand")
    running = BuildKit(path)
    yield running
    running.close()


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_agrees_with_moby(case: tuple[str, list[str], list[str]], buildkit: BuildKit) -> None:
    text, excluded, kept = case
    answer = buildkit.ignore(text, excluded + kept)
    assert not answer["Error"]
    assert answer["Excluded"] == [True] * len(excluded) + [False] * len(kept)


@settings(
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(text=WHOLE, paths=PATHS)
def test_grown_ignore_files_agree(text: str, paths: list[str], buildkit: BuildKit) -> None:
    ours = IgnoreFile.parse(text)
    theirs = buildkit.ignore(text, paths)
    if "syntax" in ours.problem and "*" in text and not theirs["Error"]:
        return  # Go leaves what stands behind a star unchecked where the part before it does not match "."
    if "not understood" in ours.problem and not theirs["Error"]:
        return
    assert bool(ours.problem) == bool(theirs["Error"]), (ours.problem, theirs["Error"])
    if not ours.problem:
        assert [ours.excludes(path) for path in paths] == (theirs["Excluded"] or [])
