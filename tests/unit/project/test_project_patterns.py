from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.errors import ProjectError
from dockgen.project import patterns


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("*.py", ["a.py", ".py", ".a.py"], ["a/b.py", "a.pyc"]),
        ("**/*.py", ["a.py", "a/b.py", "a/b/c.py"], ["a.pyc"]),
        ("src/**", ["src/a", "src/a/b"], ["src", "asrc/a"]),
        ("src/**/test/*.js", ["src/test/a.js", "src/x/y/test/a.js"], ["src/test/x/a.js"]),
        ("**/a/**/b", ["a/b", "x/a/y/b", "a/a/b"], ["b", "a/c"]),
        ("a?c", ["abc"], ["ac", "a/c"]),
        ("[ab].txt", ["a.txt"], ["c.txt", "[ab].txt"]),
        ("[!ab].txt", ["c.txt"], ["a.txt", "/.txt"]),
        ("[]a]", ["]", "a"], ["b"]),
        ("[a-c]", ["b"], ["d", "-"]),
        ("{a,b/c}.txt", ["a.txt", "b/c.txt"], ["b.txt"]),
        ("{a,{b,c}}", ["a", "b", "c"], ["{b"]),
        ("{a}", ["{a}"], ["a"]),
        ("a{,.b}", ["a", "a.b"], ["a."]),
        (r"\*", ["*"], ["a"]),
        ("*a*b", ["ab", "xaab", "aab"], ["ba", "a/b"]),
        ("*.config.{js,ts}", ["next.config.js"], ["next.config.mjs"]),
        ("a.b", ["a.b"], ["axb"]),
        ("[", ["["], ["a"]),
    ],
)
def test_patterns(pattern, matching, others):
    for matches in (patterns.compiled(pattern).match, patterns.matcher(pattern)):
        assert [path for path in matching if not matches(path)] == []
        assert [path for path in others if matches(path)] == []


@pytest.mark.parametrize("pattern", ["{a,b}" * 20, "{" * 10 + "a,b" + "}" * 10 + "{a,b,c}" * 9, "x" * 1001])
def test_patterns_that_grow_beyond_reason_are_refused(pattern):
    with pytest.raises(ProjectError, match="cannot be used"):
        patterns.compiled(pattern)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 100 + "b", "a" * 250),
        ("**/" * 200 + "*a*a*a*b", "a/" * 120 + "a"),
        ("**/a/" * 100 + "b", "a/" * 250),
    ],
)
def test_hostile_patterns_take_no_time(pattern, path):
    started = time.perf_counter()
    assert not patterns.compiled(pattern).match(path)
    assert time.perf_counter() - started < 0.5


def by_hand(pattern: str, path: str) -> bool:
    """Match a pattern of a, b, ?, * and / by trying everything."""
    if not pattern:
        return not path
    if pattern.startswith("**/"):
        rest = pattern[3:]
        starts = [0, *(i + 1 for i, c in enumerate(path) if c == "/")]
        return any(by_hand(rest, path[start:]) for start in starts)
    if pattern[0] == "*":
        return any(
            by_hand(pattern[1:], path[length:]) for length in range(len(path) + 1) if "/" not in path[:length]
        )
    return (
        bool(path)
        and (pattern[0] == path[0] or (pattern[0] == "?" and path[0] != "/"))
        and by_hand(pattern[1:], path[1:])
    )


segment = st.text("ab?*", min_size=1, max_size=4).filter(lambda text: "**" not in text)
name = st.text("ab", min_size=1, max_size=4)


@given(
    st.lists(st.one_of(segment, st.just("**")), min_size=1, max_size=4).map(lambda parts: [*parts, "a*"]),
    st.lists(name, min_size=1, max_size=4),
)
def test_patterns_match_as_trying_everything_does(parts, names):
    pattern, path = "/".join(parts), "/".join(names)
    assert bool(patterns.compiled(pattern).match(path)) == by_hand(pattern, path)


@given(st.text("ab*?[]{},!^-\\/", max_size=20))
def test_any_text_is_a_pattern_or_refused(pattern):
    try:
        patterns.compiled(pattern).match("a/b")
    except ProjectError as error:
        assert error.hint


_PART = st.text("ab.{,}*\n", max_size=4)
_PATHS = st.lists(st.text("ab.{,}\n", min_size=1, max_size=4), min_size=1, max_size=3).map("/".join)


_STARTS = st.sampled_from(["", "**/", "*/", "a/", "**/a/", "a/b/", "**/a/b/", "{a,b/}", "{**/a,b}/"])


@given(_STARTS, _PART, st.sampled_from(["", "/**", "/*", "/a*", "/a"]), st.lists(_PATHS, max_size=12))
def test_comparing_says_what_the_expression_says(start, part, end, paths):
    pattern = start + part + end
    try:
        expression = patterns.compiled(pattern).match
    except ProjectError:
        with pytest.raises(ProjectError):
            patterns.matcher(pattern)
        return
    matches = patterns.matcher(pattern)
    for path in [*paths, "a", "b/a", "a.b", "ab/a.b", "a/b", "a/b/a", "b/a/b/a"]:
        assert bool(matches(path)) == bool(expression(path)), (pattern, path)


@pytest.mark.parametrize("pattern", ["{a,b/c}.json", "dist/**", "**/test/**", "src/main.*", "{app/,}*.md"])
def test_what_is_common_is_compared(pattern, monkeypatch):
    patterns.matcher.cache_clear()
    monkeypatch.setattr(patterns, "compiled", None)
    assert not patterns.matcher(pattern)("other/file.txt")
