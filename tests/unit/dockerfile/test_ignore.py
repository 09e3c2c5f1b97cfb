"""Which paths an ignore file keeps out of the build context."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.dockerfile.automaton import Automaton
from dockgen.dockerfile.ignore import IgnoreFile, clean_path, ignore_file_for
from dockgen.dockerfile.patterns import BadPatternError, Pattern
from fuzz.ignore_cases import CASES


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_excludes_what_moby_excludes(case: tuple[str, list[str], list[str]]) -> None:
    text, excluded, kept = case
    ignore = IgnoreFile.parse(text)
    assert ignore.problem == ""
    assert [path for path in excluded if not ignore.excludes(path)] == []
    assert [path for path in kept if ignore.excludes(path)] == []


@pytest.mark.parametrize(
    "text", ["!", "*\n! ", "!/", "[", "a[", "[]", "[]a]", "[-a]", "[a-]", "a\\", "[b-a]"]
)
def test_a_file_that_buildkit_refuses_has_a_problem_and_excludes_nothing(text: str) -> None:
    ignore = IgnoreFile.parse(text)
    assert "line" in ignore.problem
    assert not ignore.excludes("a")


def test_a_line_too_long_is_a_problem() -> None:
    assert "line 2" in IgnoreFile.parse("a\n" + "b" * 65_536).problem
    assert IgnoreFile.parse("a\n" + "b" * 65_535).problem == ""


def test_the_decisive_line_is_named() -> None:
    ignore = IgnoreFile.parse("# all\n*\n!a\n")
    assert [(line.line, line.keeps) for path in ("a", "b") if (line := ignore.decisive(path))] == [
        (3, True),
        (2, False),
    ]
    assert IgnoreFile.parse("b").decisive("a") is None


def test_patterns_of_a_flag() -> None:
    assert IgnoreFile.of(["*.md", " a/b/ "]).excludes("x.md")
    with pytest.raises(BadPatternError):
        IgnoreFile.of(["["])


def test_the_dockerfile_own_ignore_file_wins(tmp_path: Path) -> None:
    (tmp_path / "docker").mkdir()
    dockerfile = tmp_path / "docker" / "Dockerfile"
    assert ignore_file_for(tmp_path, dockerfile) is None
    (tmp_path / ".dockerignore").touch()
    assert ignore_file_for(tmp_path, dockerfile) == tmp_path / ".dockerignore"
    own = tmp_path / "docker" / "Dockerfile.dockerignore"
    own.touch()
    assert ignore_file_for(tmp_path, dockerfile) == own


@pytest.mark.parametrize(
    ("path", "clean"),
    [("", "."), ("a//b/", "a/b"), ("/..", "/"), ("../..", "../.."), ("a/../..", ".."), ("/a/./b", "/a/b")],
)
def test_a_path_is_cleaned_as_go_does(path: str, clean: str) -> None:
    assert clean_path(path) == clean


@pytest.mark.parametrize(
    ("text", "folder", "may"),
    [
        ("*\n!a/b", "a", True),
        ("*\n!a/b", "c", False),
        ("*\n!**/x", "c", True),
        ("*\n!a", "a/b/c", True),
        ("*", "a", False),
    ],
)
def test_where_an_exception_could_reach(text: str, folder: str, may: bool) -> None:
    assert IgnoreFile.parse(text).may_keep_inside(folder) is may


_PATTERN = st.lists(st.sampled_from([*"ab/*?^", "**/", "[a-b]", "*a"]), max_size=8).map("".join)


@given(_PATTERN, st.text(alphabet="ab/", max_size=8))
def test_both_ways_of_matching_agree(text: str, path: str) -> None:
    pattern = Pattern(text)
    if pattern.tokens:
        assert Automaton(pattern.tokens).matches(path) == pattern.matches(path)


_PLAIN = st.text(alphabet="ab.", max_size=3)


@given(st.sampled_from(["", "**/"]), _PLAIN, _PLAIN, st.text(alphabet="ab./\n", max_size=8))
def test_a_name_with_one_star_is_compared_as_it_would_be_matched(
    start: str, before: str, after: str, path: str
) -> None:
    compared, matched = Pattern(f"{start}a{before}*{after}"), Pattern(f"{start}[a]{before}*{after}")
    assert (compared.tokens, bool(matched.tokens)) == ((), True)
    for one in (path, f"a{path}", f"b/a{path}"):
        assert compared.matches(one) == matched.matches(one)


def test_a_hostile_pattern_takes_no_time() -> None:
    ignore = IgnoreFile.parse("*a" * 30 + "b\n" + "**/a/" * 30 + "b\n" + "**/*a" * 20 + "c")
    start = time.process_time()
    assert not ignore.excludes("a" * 200 + "/" + "a/" * 60 + "d")
    assert time.process_time() - start < 2
