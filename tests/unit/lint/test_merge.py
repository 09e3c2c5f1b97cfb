"""One cause on one line once, with all its ids."""

from dockgen.dockerfile.model import Position, Span
from dockgen.dockerfile.parser import parse
from dockgen.lint import causes, pages
from dockgen.lint.engine import lint_text
from dockgen.lint.merge import merged
from dockgen.lint.model import Edit, Finding, Fix, Severity

DOCKERFILE = parse("FROM debian\nRUN a \\\n  b\nCOPY x.tar /\n")


def finding(rule_id: str, line: int, message: str = "m", column: int = 1, fix: Fix | None = None) -> Finding:
    span = Span(Position(line, column), Position(line, column + 1))
    return Finding((rule_id,), Severity.WARNING, message, span, fix=fix)


def test_the_same_cause_on_one_instruction_is_one_finding() -> None:
    found = merged([finding("DG0601", 1, "ours", column=6), finding("DL3006", 1, "theirs")], DOCKERFILE)
    assert [(f.ids, f.message) for f in found] == [(("DG0601", "DL3006"), "ours")]


def test_a_continuation_line_belongs_to_its_instruction() -> None:
    found = merged([finding("DG0501", 3), finding("DL3064", 2)], DOCKERFILE)
    assert [f.ids for f in found] == [("DG0501", "DL3064")]


def test_the_same_cause_on_two_instructions_stays_two() -> None:
    assert len(merged([finding("DG0601", 1), finding("DL3006", 4)], DOCKERFILE)) == 2


def test_two_causes_on_one_line_stay_two() -> None:
    assert len(merged([finding("DG0601", 1), finding("DL3008", 1)], DOCKERFILE)) == 2


def test_one_rule_may_speak_twice_on_one_line_but_not_say_the_same_twice() -> None:
    twice = [finding("DG0601", 1, "a"), finding("DG0601", 1, "b"), finding("DG0601", 1, "b")]
    assert [f.message for f in merged(twice, DOCKERFILE)] == ["a", "b"]


def test_a_fix_of_any_engine_is_kept() -> None:
    fix = Fix("mend", (Edit(Span(Position(1, 1), Position(1, 2)), "f"),))
    assert merged([finding("DG0601", 1), finding("DL3006", 1, fix=fix)], DOCKERFILE)[0].fix == fix


def test_advice_for_add_never_stands_beside_advice_against_it() -> None:
    both = merged([finding("DG0701", 4), finding("DL3010", 4)], DOCKERFILE)
    assert [f.ids for f in both] == [("DG0701",)]
    assert [f.ids for f in merged([finding("DG0701", 1), finding("DL3010", 4)], DOCKERFILE)] == [
        ("DG0701",),
        ("DL3010",),
    ]


def test_findings_of_other_files_are_not_mixed_in() -> None:
    other = Finding(("DL3006",), Severity.INFO, "m", finding("x", 1).span, path=".dockerignore")
    assert len(merged([finding("DG0601", 1), other], DOCKERFILE)) == 2


def test_every_id_of_the_data_is_a_rule() -> None:
    unknown = [rule_id for rule_id in {*causes.groups(), *causes.practices()} if not pages.is_rule(rule_id)]
    assert unknown == []


def test_sharing_a_cause_is_not_handed_on() -> None:
    assert "DL4003" in causes.same_cause("MultipleInstructionsDisallowed")
    assert "DL4004" not in causes.same_cause("DL4003")


def test_tools_and_development_s_packages_of_one_step_are_one_cause() -> None:
    found = merged([finding("DG0901", 2), finding("DG0902", 3)], DOCKERFILE)
    assert [f.ids for f in found] == [("DG0901", "DG0902")]
    assert [f.ids for f in merged([finding("DG0105", 2), finding("DG0902", 2)], DOCKERFILE)] == [
        ("DG0105", "DG0902")
    ]
    assert len(merged([finding("DG0105", 2), finding("DG0901", 2)], DOCKERFILE)) == 2


def test_an_unchecked_archive_is_told_once() -> None:
    text = "FROM alpine:3.24\nADD --unpack=true https://example.com/a.tar.gz /opt\n"
    found = lint_text(text, hadolint=False).findings
    assert [one.ids for one in found if {"DG0303", "DG0702"} & set(one.ids)] == [("DG0303", "DG0702")]
