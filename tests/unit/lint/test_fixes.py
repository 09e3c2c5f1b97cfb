"""Fixes on a text: bytes that no edit names stay; what does not help is taken back."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.dockerfile.model import Position, Span
from dockgen.lint.fixes import applied, mend
from dockgen.lint.model import Edit, Finding, Fix, Severity


def span(line: int, start: int, end: int, end_line: int | None = None) -> Span:
    return Span(Position(line, start), Position(end_line or line, end))


def find(
    text: str, word: str, new: str, *, rule_id: str = "X", safe: bool = True, path: str | None = None
) -> list[Finding]:
    """A rule that replaces a word wherever it stands."""
    found = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        at = line.find(word)
        if at >= 0:
            place = span(number, at + 1, at + 1 + len(word))
            fix = Fix(f"write {new}", (Edit(place, new, path),), safe)
            found.append(Finding((rule_id,), Severity.WARNING, f"{word} on {number}", place, fix=fix))
    return found


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_all_other_bytes_stay(mark: str, end: str) -> None:
    text = f"{mark}FROM a{end}ADD  b \tc{end}{end}# é 日本{end}ADD d e"
    done = mend(text, lambda t: find(t, "ADD", "COPY"))
    assert done.text == text.replace("ADD", "COPY")
    assert len(done.applied) == 2


def test_twice_changes_nothing() -> None:
    once = mend("FROM a\nADD b c\n", lambda t: find(t, "ADD", "COPY"))
    assert mend(once.text, lambda t: find(t, "ADD", "COPY")).text == once.text


def test_new_lines_end_as_the_file_s_do() -> None:
    text = "FROM a\r\nRUN b\r\n"
    assert (
        applied(text, [Edit(span(2, 1, 1), "USER 1\nUSER 2\n")]) == "FROM a\r\nUSER 1\r\nUSER 2\r\nRUN b\r\n"
    )


def test_an_edit_over_lines_and_one_at_the_end() -> None:
    text = "FROM a\nRUN b \\\n  c\n"
    edits = [Edit(span(2, 1, 4, end_line=3), "RUN d"), Edit(Span(Position(4, 1), Position(4, 1)), "USER 1\n")]
    assert applied(text, edits) == "FROM a\nRUN d\nUSER 1\n"


def test_unsafe_fixes_wait_until_they_are_asked_for() -> None:
    def lint(text: str) -> Sequence[Finding]:
        return find(text, "ADD", "COPY", safe=False)

    assert mend("FROM a\nADD b c\n", lint).text == "FROM a\nADD b c\n"
    assert mend("FROM a\nADD b c\n", lint, unsafe=True).text == "FROM a\nCOPY b c\n"


def test_edits_that_overlap_take_turns() -> None:
    def lint(text: str) -> Sequence[Finding]:
        return [*find(text, "ADD b", "COPY b", rule_id="X"), *find(text, "b c", "b /c", rule_id="Y")]

    assert mend("FROM a\nADD b c\n", lint).text == "FROM a\nCOPY b /c\n"


def test_a_fix_after_which_the_finding_is_still_there_is_taken_back() -> None:
    def lint(text: str) -> Sequence[Finding]:
        return [
            *find(text, "ADD", "ADD ", rule_id="X"),
            *find(text, "MAINTAINER me", "LABEL a=me", rule_id="Y"),
        ]

    done = mend("FROM a\nADD b c\nMAINTAINER me\n", lint)
    assert done.text == "FROM a\nADD b c\nLABEL a=me\n"
    assert [f.ids for f in done.refused] == [("X",)]


def test_a_fix_after_which_the_text_no_longer_parses_is_taken_back() -> None:
    done = mend("FROM a\nADD b c\n", lambda t: find(t, "ADD b c", "ADD"))
    assert done.text == "FROM a\nADD b c\n"
    assert len(done.refused) == 1


def test_rules_that_undo_each_other_come_to_an_end() -> None:
    done = mend(
        "FROM a\nADD b c\n",
        lambda t: [*find(t, "ADD", "COPY", rule_id="X"), *find(t, "COPY", "ADD", rule_id="Y")],
    )
    assert done.text in {"FROM a\nADD b c\n", "FROM a\nCOPY b c\n"}


def test_lines_for_another_file_are_added_once() -> None:
    edits = (Edit(span(1, 1, 1), ".env\n", ".dockerignore"),)
    finding = Finding(("X",), Severity.ERROR, "m", span(2, 1, 4), fix=Fix("leave it out", edits))
    done = mend("FROM a\nCOPY . .\n", lambda _: [finding])
    assert done.others == {".dockerignore": ".env\n"}
    assert done.text == "FROM a\nCOPY . .\n"


@given(st.text("aAD \n\r\ufeffé", max_size=60))
def test_edits_never_lose_or_move_other_text(text: str) -> None:
    done = mend(text, lambda t: find(t, "AD", "X"))
    assert done.text.replace("X", "AD") == text
