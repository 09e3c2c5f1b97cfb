"""The parser: spans, forms, stages, and what BuildKit refuses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockgen.dockerfile.model import Dockerfile, Instruction, Span
from dockgen.dockerfile.parser import parse


def _cut(dockerfile: Dockerfile, span: Span) -> str:
    lines = dockerfile.lines[span.start.line - 1 : span.end.line]
    lines[-1] = lines[-1][: span.end.column - 1]
    lines[0] = lines[0][span.start.column - 1 :]
    return "\n".join(lines)


def _only(source: str) -> tuple[Dockerfile, Instruction]:
    dockerfile = parse("FROM a\n" + source)
    assert [one.keyword for one in dockerfile.instructions].count("FROM") == 1
    return dockerfile, dockerfile.instructions[1]


def test_each_part_stands_where_its_span_says() -> None:
    dockerfile, copy = _only("  copy --from=b \\\n  # why\n  --chown=1:1 \\\n\n  c \\\n d\n")
    assert copy.keyword == "COPY"
    assert copy.written == _cut(dockerfile, copy.keyword_span) == "copy"
    assert [(flag.name, flag.value) for flag in copy.flags] == [("from", "b"), ("chown", "1:1")]
    assert [_cut(dockerfile, flag.span) for flag in copy.flags] == ["--from=b", "--chown=1:1"]
    assert [_cut(dockerfile, word.span) for word in copy.words] == ["c", "d"]
    assert _cut(dockerfile, copy.span).startswith("copy --from")
    assert copy.span.end == copy.words[-1].span.end
    comments = [(comment.text, _cut(dockerfile, comment.span)) for comment in dockerfile.comments]
    assert comments == [("why", "# why")]


def test_a_word_may_go_over_lines() -> None:
    dockerfile, run = _only("RUN a \\\n  b")
    assert run.words[0].text == "a   b"
    assert _cut(dockerfile, run.words[0].span) == "a \\\n  b"


def test_pairs_have_spans_of_their_own() -> None:
    dockerfile, env = _only('ENV a="b c" \\\n d=$e f=')
    cuts = [(_cut(dockerfile, key.span), value and _cut(dockerfile, value.span)) for key, value in env.pairs]
    assert cuts == [("a", '"b c"'), ("d", "$e"), ("f", "")]


def test_the_old_form_of_env_is_one_pair() -> None:
    dockerfile, env = _only("ENV a b  c")
    assert [(key.text, value and value.text) for key, value in env.pairs] == [("a", "b  c")]
    assert len(env.words) == 2
    assert dockerfile.problems == ()


def test_an_argument_without_a_value() -> None:
    _, arg = _only("ARG a b=c")
    assert [(key.text, value and value.text) for key, value in arg.pairs] == [("a", None), ("b", "c")]


def test_json_strings_are_decoded_and_stand_where_they_were() -> None:
    dockerfile, cmd = _only('CMD [ "a\\u0041", \\\n "b" ]')
    assert cmd.json_form
    assert [word.text for word in cmd.words] == ["aA", "b"]
    assert [_cut(dockerfile, word.span) for word in cmd.words] == ['"a\\u0041"', '"b"']


def test_a_heredoc_belongs_to_its_instruction() -> None:
    dockerfile, copy = _only("COPY <<-'A' <<B /x/\n\ta\n\tA\nb\nB\nUSER x\n")
    first, second = copy.heredocs
    assert (first.name, first.content, first.expand, first.chomp) == ("A", "\ta\n", False, True)
    assert (second.name, second.content, second.expand, second.chomp) == ("B", "b\n", True, False)
    assert _cut(dockerfile, second.span) == "b\n"
    assert _cut(dockerfile, copy.span).endswith("b\nB")
    assert dockerfile.instructions[2].keyword == "USER"


def test_an_empty_heredoc() -> None:
    _, run = _only("RUN <<EOF\nEOF\n")
    assert run.heredocs[0].content == ""
    assert run.heredocs[0].span.start == run.heredocs[0].span.end


def test_onbuild_keeps_its_own_instruction() -> None:
    dockerfile, onbuild = _only("ONBUILD RUN --mount=type=cache,target=/a <<EOF\nx\nEOF\n")
    trigger = onbuild.trigger
    assert trigger is not None
    assert (trigger.keyword, trigger.heredocs[0].content) == ("RUN", "x\n")
    assert trigger.mounts()[0][1] == {"type": "cache", "target": "/a"}
    assert onbuild.heredocs == ()
    assert onbuild.span.end == trigger.span.end
    assert _cut(dockerfile, trigger.keyword_span) == "RUN"


@pytest.mark.parametrize(
    ("source", "directives", "escape"),
    [
        (
            "# syntax=docker/dockerfile:1\n# escape=`\nFROM a",
            [("syntax", "docker/dockerfile:1"), ("escape", "`")],
            "`",
        ),
        ("#Check=skip=all;error=true\nFROM a", [("check", "skip=all;error=true")], "\\"),
        ("#!/usr/bin/env x\n# syntax=a\n# escape=`\nFROM a", [("syntax", "a")], "\\"),
        ("// syntax=x\nFROM a", [("syntax", "x")], "\\"),
        ("#!/x\n//syntax = x y\nFROM a", [("syntax", "x y")], "\\"),
        ('{"syntax": "x"}', [("syntax", "x")], "\\"),
        ("# note\n# syntax=a\nFROM a", [], "\\"),
        ("\n# syntax=a\nFROM a", [], "\\"),
        ("FROM a\n# syntax=a\n", [], "\\"),
        (" # syntax=a\nFROM a", [], "\\"),
        (" # escape=`\nFROM a", [("escape", "`")], "`"),
    ],
)
def test_directives(source: str, directives: list[tuple[str, str]], escape: str) -> None:
    dockerfile = parse(source)
    assert [(one.name, one.value) for one in dockerfile.directives] == directives
    assert dockerfile.escape == escape


def test_a_directive_is_no_comment() -> None:
    dockerfile = parse("# syntax=a\n# note\nFROM a\n")
    assert [comment.text for comment in dockerfile.comments] == ["note"]


def test_a_byte_order_mark_and_carriage_returns_are_left_out() -> None:
    dockerfile = parse("\ufeffFROM a\r\nRUN b \\\r\n  c\r\n")
    assert dockerfile.source.startswith("FROM")
    assert dockerfile.lines == ["FROM a", "RUN b \\", "  c"]
    assert dockerfile.instructions[1].text == "b   c"
    assert dockerfile.instructions[0].span.start.column == 1


STAGES = """\
ARG TAG=3 EMPTY NONE
ARG IMAGE=alpine:$TAG
FROM ${IMAGE} AS Base
FROM base as next
RUN a
FROM $NONE
FROM alpine:$TARGETARCH
FROM node${UNDECLARED}
FROM Base AS upper
FROM --platform=linux/amd64 busybox AS base
FROM base
"""


def test_stages_are_linked_and_resolved() -> None:
    dockerfile = parse(STAGES)
    base, following, none, arch, undeclared, upper, again, last = dockerfile.stages
    assert (base.name, base.image, base.resolved) == ("Base", "${IMAGE}", "alpine:3")
    assert following.parent is base
    assert following.base_image == "alpine:3"
    assert [one.keyword for one in following.instructions] == ["RUN"]
    assert (none.resolved, arch.resolved) == (None, None)
    assert undeclared.resolved == "node"
    # BuildKit compares with the names in lower case, and FROM's own case counts.
    assert upper.parent is None
    assert last.parent is again
    assert dockerfile.final_stage is last
    assert [one.keyword for one in dockerfile.global_args] == ["ARG", "ARG"]
    assert dockerfile.stage("BASE") is again
    assert dockerfile.stage("1") is following
    assert dockerfile.stage("99") is None


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("", "no instructions"),
        ("# a\n", "no instructions"),
        ("ARG a\n", "no stages"),
        ("RUN a\n", "no build stage"),
        ("FROM a\nFOO b\n", "unknown instruction: FOO"),
        ("FROM a b\n", "one or three"),
        ("FROM\n", "one or three"),
        ("FROM a AS 1b\n", "invalid name"),
        ("FROM --x=1 a\n", "unknown flag: --x"),
        ("FROM a\nENV a\n", "two arguments"),
        ("FROM a\nENV a=b c\n", "can't find ="),
        ("FROM a\nENV =a\n", "blank"),
        ("FROM a\nCOPY a\n", "at least two"),
        ("FROM a\nCOPY a <<b\nb\n", "destination"),
        ("FROM a\nCOPY --from=b --from=c d e\n", "duplicate"),
        ("FROM a\nCOPY --link=maybe a b\n", "boolean"),
        ("FROM a\nCOPY --chown a b\n", "missing a value"),
        ("FROM a\nRUN --network=x a\n", "network"),
        ("FROM a\nRUN --mount=type=x a\n", "mount type"),
        ("FROM a\nRUN --mount=type=cache,from=$x,target=/a b\n", "variable expansion"),
        ("FROM a\nRUN --mount=foo=bar a\n", "unexpected key"),
        ("FROM a\nRUN --mount=type=cache,target=/a,foo a\n", "key=value"),
        ("FROM a\nRUN --mount=type=cache,required=true,target=/a a\n", "required"),
        ("FROM a\nRUN <<EOF\n", "unterminated"),
        ("FROM a\nCMD [1]\n", "strings only"),
        ("FROM a\nSHELL a\n", "JSON"),
        ("FROM a\nHEALTHCHECK x\n", "unknown type"),
        ("FROM a\nHEALTHCHECK CMD\n", "missing command"),
        ("FROM a\nHEALTHCHECK NONE x\n", "no arguments"),
        ("FROM a\nHEALTHCHECK --interval=x CMD a\n", "duration"),
        ("FROM a\nHEALTHCHECK --retries=-1 CMD a\n", "retries"),
        ("FROM a\nONBUILD\n", "at least one"),
        ("FROM a\nONBUILD FROM b\n", "isn't allowed"),
        ("FROM a\nONBUILD ONBUILD RUN b\n", "chaining"),
        ('FROM a\nVOLUME [""]\n', "empty string"),
        ("FROM a\nUSER\n", "exactly one"),
        ('FROM a\nENV a="b\n', "double quote"),
        ('FROM a\nENV "a=b"=c\n', "double quote"),
        ('FROM a\nCOPY ["a b", "c"\n', "double quote"),
        ("FROM a\nUSER ${x-\n", "no matching }"),
        ("# escape=`\nFROM a\nUSER `'a'\n", "single quote"),
        ("# escape=x\nFROM a\n", "escape"),
        ("# escape=`\n# escape=`\nFROM a\n", "only one"),
        ("FROM a\nRUN " + "x" * 65_536 + "\n", "longer"),
    ],
)
def test_what_buildkit_refuses_is_a_problem(source: str, word: str) -> None:
    assert any(word in problem.message for problem in parse(source).problems)


@pytest.mark.parametrize(
    "source",
    [
        "RUN echo 'a",
        'CMD echo "a',
        "ENV a=it\\'s",
        "LABEL a=${b:?unset}",
        "ONBUILD ENV a='b",
        "USER $a",
        "HEALTHCHECK NONE",
        "HEALTHCHECK --interval=1m30s --retries=3 CMD a",
        "ARG a",
        "STOPSIGNAL --x 9",
        "COPY --exclude=a --exclude=b c d",
        "RUN --mount=type=secret,id=a,required=true --mount=type=$x,target=/a b",
        "RUN --network=none --security=sandbox -- --a",
        "CMD []",
        "RUN",
    ],
)
def test_what_buildkit_takes_is_none(source: str) -> None:
    problems = parse(f"FROM a\n{source}\n").problems
    assert [problem.message for problem in problems] == []


def test_parsing_goes_on_behind_a_problem() -> None:
    dockerfile = parse("FROM a\nFOO b\nENV x\nUSER y\n")
    assert [one.keyword for one in dockerfile.instructions] == ["FROM", "FOO", "ENV", "USER"]
    assert [problem.span.start.line for problem in dockerfile.problems] == [2, 3]


def test_a_line_is_as_long_as_buildkit_reads() -> None:
    prefix = "RUN "
    assert parse("FROM a\n" + prefix + "x" * (65_535 - len(prefix)) + "\n").problems == ()
    assert parse("FROM a\n" + prefix + "é" * 32_766 + "\n").problems != ()


@pytest.mark.parametrize(
    "source",
    [
        "FROM a\nRUN " + "x " * (1 << 19),
        "FROM a\nENV " + "x=y " * (1 << 15),
        "FROM a\nRUN " + "--a=b " * 20_000,
        "FROM a\nRUN a" + " \\\n b" * 30_000,
        "FROM a\nRUN <<" + "a <<" * 20_000,
        "FROM a\nRUN <<a\n" * 20_000,
        "FROM a\nCMD " + "[" * 200_000,
        "FROM a\nCMD [" + '"a",' * 30_000 + '"b"]',
        "FROM a\nONBUILD " * 5_000,
        "FROM a\n" + "ONBUILD " * 20_000,
        "FROM a\nRUN << " + "${a:-" * 20_000,
        "FROM " + "${a:-" * 20_000,
        "FROM a AS b\nFROM b AS b\n" * 1_000,
        "#\n" * 50_000,
        "\\\n" * 200_000,
        "\x00" * 1_000_000,
        "FROM a\n" + "RUN a \\\n" * 100_000,
        "{" * 200_000,
        '{"a":' * 100_000,
    ],
    ids=lambda source: f"{source[:24]!r} {len(source)}",
)
def test_a_hostile_file_neither_raises_nor_hangs(source: str) -> None:
    start = time.process_time()
    parse(source)
    assert time.process_time() - start < 2


def test_ten_thousand_instructions_are_parsed_quickly() -> None:
    source = "FROM a\n" + "RUN echo hi && \\\n  ls\nENV a=b\nCOPY --from=x a b\n" * 3_333
    start = time.process_time()
    assert len(parse(source).instructions) == 10_000
    assert time.process_time() - start < 1.5


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_is_parsed(source: str) -> None:
    parse(source)


def test_lone_surrogates_are_text_too() -> None:
    source = b"FROM a\nRUN --a=\xff \xe9 <<E\nE\n".decode("utf-8", "surrogateescape")
    assert parse(source).instructions[1].words[0].text.startswith("\udce9")
