from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockgen.output.merge import Merged, merge

BASE = "FROM a\nRUN b\nCOPY c\nUSER d\nCMD e\n"


def test_both_sides_changes_are_taken():
    edited = BASE.replace("RUN b", "RUN b edited")
    new = BASE.replace("FROM a", "FROM new").replace("CMD e", "CMD new")
    # The first two lines touch; the last stands apart.
    assert merge(BASE, edited, BASE.replace("CMD e", "CMD new")) == Merged(edited.replace("CMD e", "CMD new"))
    assert len(merge(BASE, edited, new).conflicts) == 1


def test_insertions_and_deletions():
    edited = BASE.replace("RUN b\n", "")
    new = BASE.replace("USER d\n", "USER d\nENV x\n") + "LABEL y\n"
    assert merge(BASE, edited, new) == Merged("FROM a\nCOPY c\nUSER d\nENV x\nCMD e\nLABEL y\n")


def test_a_conflict_is_marked():
    merged = merge("a\nb\nc\n", "a\nours\nc\n", "a\ntheirs\nc\n")
    assert merged.text == ("a\n<<<<<<< edited\nours\n||||||| pristine\nb\n=======\ntheirs\n>>>>>>> new\nc\n")
    [conflict] = merged.conflicts
    assert (conflict.line, conflict.pristine, conflict.edited, conflict.new) == (
        2,
        "b\n",
        "ours\n",
        "theirs\n",
    )


def test_a_missing_last_line_break():
    assert merge("a\nb\nc", "A\nb\nc", "a\nb\nc\n").text == "A\nb\nc\n"
    text = merge("a", "b", "c").text
    assert text.splitlines() == [
        "<<<<<<< edited",
        "b",
        "||||||| pristine",
        "a",
        "=======",
        "c",
        ">>>>>>> new",
    ]


def test_line_ends_of_the_edited_file_are_kept():
    assert merge(BASE, BASE.replace("\n", "\r\n"), BASE + "x\n").text == (BASE + "x\n").replace("\n", "\r\n")
    mixed = BASE.replace("FROM a\n", "FROM a\r\n")
    assert merge(BASE, mixed, BASE + "x\n").text == mixed + "x\n"


def test_huge_texts_are_merged_without_looking_at_lines():
    base = "x\n" * 30_000
    started = time.perf_counter()
    assert merge(base, "a\n" + base, base).text == "a\n" + base
    assert len(merge(base, "a\n" + base, base + "b\n").conflicts) == 1
    assert time.perf_counter() - started < 2


text = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "d"]), max_size=8).map("".join)


@given(text, text)
def test_identity(base, other):
    assert merge(base, base, other) == Merged(other)
    assert merge(base, other, base) == Merged(other)
    assert merge(base, other, other) == Merged(other)


@given(text, text, text)
def test_sides_are_alike(base, ours, theirs):
    one, two = merge(base, ours, theirs), merge(base, theirs, ours)
    assert len(one.conflicts) == len(two.conflicts)
    if not one.conflicts:
        assert one.text == two.text
    assert [(c.edited, c.new) for c in one.conflicts] == [(c.new, c.edited) for c in two.conflicts]


@given(text, text, text)
def test_every_line_of_a_merge_is_from_a_side_or_a_marker(base, ours, theirs):
    merged = merge(base, ours, theirs)
    known = {*(base + "\n" + ours + "\n" + theirs).split("\n")}
    markers = {"<<<<<<< edited", "||||||| pristine", "=======", ">>>>>>> new"}
    assert {*merged.text.split("\n")} <= known | markers
    assert merged.text.count("<<<<<<<") == len(merged.conflicts)
    for conflict in merged.conflicts:
        assert merged.text.split("\n")[conflict.line - 1] == "<<<<<<< edited"


distinct = st.lists(st.sampled_from([f"line {n}" for n in range(9)]), unique=True, min_size=1)


@st.composite
def edits(draw: st.DrawFn, base: list[str], mark: str) -> list[str]:
    """A base with some lines replaced, removed, or followed by new ones; no line comes twice."""
    result = []
    for line in base:
        action = draw(st.sampled_from(["keep"] * 5 + ["drop", "replace", "add"]))
        result += {"keep": [line], "drop": [], "replace": [line + mark], "add": [line, f"{line} and {mark}"]}[
            action
        ]
    return result


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, str, str]:
    base = draw(distinct)
    sides = [base, draw(edits(base, "ours")), draw(edits(base, draw(st.sampled_from(["ours", "theirs"]))))]
    base_text, ours, theirs = ("".join(f"{line}\n" for line in side) for side in sides)
    return base_text, ours, theirs


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
@settings(max_examples=60, deadline=None)
@given(histories())
def test_git_merges_alike(tmp_path_factory, history):
    folder: Path = tmp_path_factory.getbasetemp() / "merge"
    folder.mkdir(exist_ok=True)
    for name, content in zip(("base", "ours", "theirs"), history, strict=True):
        (folder / name).write_text(content)
    command = ["git", "merge-file", "-p", "--diff3", "-q", "ours", "base", "theirs"]
    theirs = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    mine = merge(*history)
    assert bool(mine.conflicts) == (theirs.returncode > 0)
    if not mine.conflicts:
        assert mine.text == theirs.stdout
