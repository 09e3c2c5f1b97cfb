"""Expanding variables against BuildKit's own code: a Go program that is built here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockgen.dockerfile.lexer import Lexer
from dockgen.dockerfile.variables import expand
from fuzz.buildkit import BuildKit, program, unpacked
from fuzz.expansion_cases import CASES, ENV, WORDS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def buildkit() -> Iterator[BuildKit]:
    path = program()
    if path is None:
        pytest.skip("Go or its modules are not at hand")
    running = BuildKit(path)
    yield running
    running.close()


@pytest.mark.parametrize(("word", "expected"), CASES)
def test_the_table_is_buildkit_s(word: str, expected: str | None, buildkit: BuildKit) -> None:
    answer = buildkit.expand(word, ENV)
    assert (None if answer["Error"] else unpacked(answer["Result"])) == expected


@settings(
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(word=WORDS, escape=st.sampled_from("\\\\`"))
def test_grown_words_agree(word: str, escape: str, buildkit: BuildKit) -> None:
    ours = expand(word, ENV, escape)
    theirs = buildkit.expand(word, ENV, escape)
    assert bool(ours.error) == bool(theirs["Error"]), (ours.error, theirs["Error"])
    if ours.error:
        return
    if ours.text is not None:
        assert ours.text == unpacked(theirs["Result"])
        words = Lexer(word, ENV.get, escape).run().words
        assert words == [unpacked(one) for one in theirs["Words"] or []]
    assert {name for name in ours.asked if name not in ENV} == set(theirs["Unset"] or [])
