"""Variables: what a word comes to, and what an instruction sees."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from dockgen.dockerfile.lexer import Unknown
from dockgen.dockerfile.parser import parse
from dockgen.dockerfile.variables import expand, variables_at, walk
from fuzz.expansion_cases import CASES, ENV, WORDS


@pytest.mark.parametrize(("word", "expected"), CASES)
def test_a_word_comes_to_what_buildkit_makes_of_it(word: str, expected: str | None) -> None:
    expansion = expand(word, ENV)
    assert expansion.text == expected
    assert bool(expansion.error) == (expected is None)


def test_the_escape_character_may_be_a_backtick() -> None:
    assert expand("`$a\\b", ENV, "`").text == "$a\\b"
    assert expand("\\$a", ENV, "`").text == "\\va"


def test_quotes_are_plain_in_a_heredoc() -> None:
    assert expand("'$a' \"\\$a\" `", ENV, "`", heredoc=True).text == "'va' \"$a\" `"


@pytest.mark.parametrize(
    ("word", "text", "prefix"),
    [
        ("x$u", None, "x"),
        ("x${u:-y}z", None, "x"),
        ("x${u:+y}", None, "x"),
        ("x${a:+$u}", None, "x"),
        ("${none:-$u}", None, ""),
        ("${u#x}", None, ""),
        ("${a#$u}", None, ""),
        ("${a/$u/x}", None, ""),
        ("${a/x/$u}", None, ""),
        ("'$u'", "$u", "$u"),
        ("${a:-$u}", "va", "va"),
    ],
)
def test_what_only_the_build_knows_stays_unknown(word: str, text: str | None, prefix: str) -> None:
    expansion = expand(word, {**ENV, "u": Unknown("u")})
    assert (expansion.text, expansion.prefix) == (text, prefix)


def test_the_names_that_a_word_asks_for() -> None:
    assert expand("$a ${none:-$b} '$c' \\$d", ENV).asked == ("a", "b", "none")


def test_a_substitution_too_deep_or_too_long_is_no_hang() -> None:
    start = time.process_time()
    assert expand("${a:-" * 10_000 + "}" * 10_000, ENV).error
    long = {"v": "a" * 60_000}
    assert expand("${v#" + "*a" * 30_000 + "b}", long).text is None
    assert expand("${v//a*a*a*b/x}", long).text is None
    assert time.process_time() - start < 2


@given(WORDS)
def test_no_word_raises(word: str) -> None:
    expand(word, {**ENV, "a": Unknown("a")})


SOURCE = """\
ARG V=1
ARG W=$V.2
ARG NONE
FROM base:$V AS one
ARG V
ARG W=3
ARG NONE OTHER
ENV A=$W B=$A
ENV A=$V C="$A x"
FROM one AS two
ENV D=$A-$NONE
RUN x
"""


def test_each_instruction_sees_what_stands_before_it() -> None:
    dockerfile = parse(SOURCE)
    one, two = dockerfile.stages
    assert dockerfile.stages[0].resolved == "base:1"
    last = one.instructions[-1]
    assert variables_at(dockerfile, one, last) == {
        "V": "1",
        "W": "3",
        "NONE": Unknown("NONE"),
        "OTHER": Unknown("OTHER"),
        "A": "3",
        "B": "",
    }
    end = variables_at(dockerfile, one)
    assert (end["A"], end["C"]) == ("1", "3 x")
    run = variables_at(dockerfile, two, two.instructions[-1])
    assert (run["A"], run["V"], run["D"]) == ("1", "1", Unknown("$A-$NONE"))


def test_platform_arguments_are_known_to_the_build_only() -> None:
    dockerfile = parse("FROM --platform=$BUILDPLATFORM a\nARG TARGETARCH\nENV A=$TARGETARCH\n")
    assert variables_at(dockerfile, dockerfile.stages[0])["A"] == Unknown("$TARGETARCH")


def test_a_walk_ends_with_the_stage_s_end() -> None:
    dockerfile = parse("FROM a\nENV A=1\n")
    assert [(one and one.keyword, dict(seen)) for one, seen in walk(dockerfile, dockerfile.stages[0])] == [
        ("ENV", {}),
        (None, {"A": "1"}),
    ]


def test_values_that_double_with_each_line_are_not_known() -> None:
    text = "FROM alpine\nENV A=xxxxxxxxxx\n" + "ENV A=$A$A\n" * 60 + "ENV B=/app\n"
    dockerfile = parse(text)
    values = variables_at(dockerfile, dockerfile.stages[0])
    assert isinstance(values["A"], Unknown)
    assert values["B"] == "/app"


def test_a_long_value_that_is_taken_in_once_stays_known() -> None:
    dockerfile = parse(f"FROM alpine\nENV A={'x' * 3000}\nENV B=$A\n")
    assert variables_at(dockerfile, dockerfile.stages[0])["B"] == "x" * 3000
