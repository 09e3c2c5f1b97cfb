"""The commands that an instruction runs."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dockgen.dockerfile.model import Instruction, Span
from dockgen.dockerfile.parser import parse
from dockgen.dockerfile.shell import Command, commands


def _instruction(text: str) -> Instruction:
    return parse(f"FROM a\n{text}\n").instructions[1]


def _commands(text: str) -> tuple[Command, ...]:
    return commands(_instruction(text))


def _lines(text: str) -> list[str]:
    return [" ".join([command.connector, *command.words]).strip() for command in _commands(text)]


def _cut(source: str, span: Span) -> str:
    line = source.split("\n")[span.start.line - 1]
    assert span.start.line == span.end.line
    return line[span.start.column - 1 : span.end.column - 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN a b && c || d ; e & f", ["a b", "&& c", "|| d", "; e", "& f"]),
        ("RUN a | b |& c", ["a", "| b", "|& c"]),
        ("RUN a \\\n  # comment\n\n  && b", ["a", "&& b"]),
        ("RUN (a; b) && { c; }", ["a", "; b", "&& c"]),
        ("RUN if a; then b; else c; fi", ["a", "b", "c"]),
        ("RUN for x in 1 2; do a $x; done; b", ["a $x", "; b"]),
        ("RUN while read x; do a; done < f", ["read x", "a"]),
        ("RUN case $x in a|b) c;; *) d;; esac", ["c", "d"]),
        ("RUN f() { a; }; f", ["a", "; f"]),
        ("RUN ! a && b", ["a", "&& b"]),
        ('RUN echo $(a | b) `c` "$(d)"', ["echo $(a | b) `c` $(d)", "a", "| b", "c", "d"]),
        ("RUN x=$(a) && b", ["", "a", "&& b"]),
        ("RUN export A=1 B=$(a)", ["export A=1 B=$(a)", "a"]),
        ("RUN [ -f x ] && [[ -d $y ]]", ["[ -f x ]", "&& [[ -d $y ]]"]),
        ("RUN diff <(a) b", ["diff <(a) b", "a"]),
        ("RUN a >f b 2>&1 c", ["a b c"]),
        ("RUN a # b && c", ["a"]),
        ("RUN", []),
        ("ENV a=b", []),
        ("CMD a && b", ["a", "&& b"]),
        ("HEALTHCHECK CMD a || exit 1", ["a", "|| exit 1"]),
        ("HEALTHCHECK NONE", []),
        ('ENTRYPOINT ["a", "b c"]', ["a b c"]),
        ('HEALTHCHECK CMD ["a", "b"]', ["a b"]),
        ("RUN []", []),
        ("ONBUILD RUN a && b", ["a", "&& b"]),
        ("RUN --mount=type=cache,target=/a b", ["b"]),
        ("RUN <<EOF\na\nb c\nEOF", ["a", "; b c"]),
        ("RUN <<-EOF\n\ta\n\t\tb\n\tEOF", ["a", "; b"]),
        ("RUN <<EOF\n#!/usr/bin/env bash\na\nEOF", ["a"]),
        ("RUN <<EOF\n#!/usr/bin/python3\nimport a\nEOF", []),
        ("RUN cat <<EOF | b && c\n$x\nEOF", ["cat", "| b", "&& c"]),
        ("RUN bash -e <<EOF\na\nb\nEOF", ["bash -e", "a", "; b"]),
        ("RUN python <<EOF\na\nEOF", ["python"]),
        ("RUN sh -c 'a && b'", ["sh -c a && b", "a", "&& b"]),
        ('RUN sudo bash -ec "a; b"', ["sudo bash -ec a; b", "a", "; b"]),
        ('RUN ["/bin/sh", "-c", "a | b"]', ["/bin/sh -c a | b", "a", "| b"]),
        ('RUN eval "a b"', ["eval a b", "a b"]),
        ("RUN su x -c 'a'", ["su x -c a", "a"]),
        ("RUN bash x -c y", ["bash x -c y", "y"]),
        ("RUN sh -c \"sh -c 'a'\"", ["sh -c sh -c 'a'", "sh -c a", "a"]),
    ],
)
def test_commands_in_written_order(text: str, expected: list[str]) -> None:
    assert _lines(text) == expected


@pytest.mark.parametrize(
    ("written", "text", "static"),
    [
        ("abc", "abc", True),
        ("'a b'", "a b", True),
        ('"a b"', "a b", True),
        ("a\\ b", "a b", True),
        ('"a\\"b\\n"', 'a"b\\n', True),
        ("\"a\"'b'c", "abc", True),
        ('--x="a b"', "--x=a b", True),
        ("$x", "$x", False),
        ('"a $x  b"', "a $x  b", False),
        ("a${x:-b}c", "a${x:-b}c", False),
        ("$(b)", "$(b)", False),
        ("*.deb", "*.deb", True),
        ("{a,b}", "{a,b}", True),
        ("''", "", True),
        ("é'ü'", "éü", True),
    ],
)
def test_words_lose_their_quotes(written: str, text: str, static: bool) -> None:
    argument = _commands(f"RUN a {written}")[0].argv[1]
    assert (argument.text, argument.static) == (text, static)


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("FROM a\nRUN x \\\n  # comment\n  && é word\n", "word"),
        ("FROM a\nRUN --mount=target=/a \\\n   x && word\n", "word"),
        ("FROM a\r\nRUN x \\\r\n y word\r\n", "word"),
        ("FROM a\nRUN <<EOF\nx\n  word y\nEOF\n", "word"),
        ("FROM a\nRUN <<-EOF\n\tx\n\t\tword y\n\tEOF\n", "word"),
        ("FROM a\nRUN sh <<EOF\nx\nword y\nEOF\n", "word"),
        ("FROM a\nRUN sh -c 'x && word'\n", "word"),
        ('FROM a\nRUN sh -c "x $y && word"\n', "word"),
        ('FROM a\nRUN ["sh", "-c", "x && word"]\n', "word"),
        ('FROM a\nRUN ["x", \\\n "word"]\n', "word"),
        ("FROM a\nONBUILD RUN x && \\\n word\n", "word"),
        ("FROM a\nHEALTHCHECK --interval=1s CMD x || \\\n word\n", "word"),
        ("FROM a\nRUN cat <<EOF | x\nb\nEOF\nRUN word\n", "word"),
        ("FROM a\nRUN word && b <<EOF\nx\nEOF\n", "word"),
    ],
)
def test_words_stand_where_they_say(source: str, word: str) -> None:
    found = [
        _cut(source, argument.span).strip('"')
        for instruction in parse(source).instructions
        for command in commands(instruction)
        for argument in command.argv
        if argument.text == word
    ]
    assert found == [word]


def test_a_changed_body_stands_for_its_word() -> None:
    command = _commands('RUN sh -c "a \\"b\\""')[1]
    assert command.words == ["a", "b"]
    assert (command.span.start.column, command.argv[1].span) == (12, command.span)


def test_a_pipe_is_followed_back() -> None:
    curl, tee, shell, wget, cd, tar = _commands("RUN curl x | tee y | sh; wget z | (cd /a && tar x)")
    assert shell.piped_from is tee
    assert tee.piped_from is curl
    assert curl.piped_from is None
    assert cd.piped_from is wget
    assert tar.piped_from is wget
    assert [one.position for one in (curl, tee, shell)] == [0, 1, 2]
    assert len({one.pipeline for one in (curl, tee, shell)}) == 1
    assert wget.pipeline != curl.pipeline


def test_a_group_pipes_its_last_command() -> None:
    _, b, c = _commands("RUN (a; b) | c")
    assert c.piped_from is b


def test_what_holds_a_command_is_named() -> None:
    text = "RUN (a); b $(c); if d; then e; fi; f() { g; }; for x in y; do h; done; sh -c 'i $(j)'"
    within = {command.name: command.within for command in _commands(text)}
    assert within == {
        "a": ("subshell",),
        "b": (),
        "c": ("substitution",),
        "d": ("condition",),
        "e": ("branch",),
        "g": ("function",),
        "h": ("loop",),
        "sh": (),
        "i": ("script",),
        "j": ("script", "substitution"),
    }


def test_assignments_and_redirections() -> None:
    command = _commands('RUN A=1 B="x $y" a <<<"w" >f 2>>g <in 2>&1')[0]
    assert [(one.name, one.value and one.value.text) for one in command.assignments] == [
        ("A", "1"),
        ("B", "x $y"),
    ]
    found = {(one.operator, one.descriptor, one.target and one.target.text) for one in command.redirects}
    assert found == {
        (">", "", "f"),
        (">>", "2", "g"),
        ("<", "", "in"),
        (">&", "2", "1"),
        ("<<<", "", "w"),
    }


def test_a_group_s_redirection_is_each_command_s_a_list_s_the_last_one_s() -> None:
    grouped = _commands("RUN { a; b; } > f")
    assert [bool(command.redirects) for command in grouped] == [True, True]
    listed = _commands("RUN a && b > f")
    assert [bool(command.redirects) for command in listed] == [False, True]


def test_a_heredoc_is_a_redirection_with_its_content() -> None:
    command = _commands("RUN cat <<'EOF' > /x\na $b\nEOF")[0]
    content = next(one.target for one in command.redirects if one.operator == "<<")
    assert content is not None
    assert content.text == "a $b\n"
    assert content.span.start.line == 3


@pytest.mark.parametrize(
    ("text", "program", "rest"),
    [
        ("sudo -u x apt-get install", "apt-get", ["install"]),
        ("sudo A=b make", "make", []),
        ("env -i A=b C=d make x", "make", ["x"]),
        ("exec /usr/bin/make", "make", []),
        ("timeout -k 5 10 curl x", "curl", ["x"]),
        ("gosu app sh", "sh", []),
        ("nice -n 5 time make", "make", []),
        ("xargs -n 1 rm -f", "rm", ["-f"]),
        ("sudo", "sudo", []),
        ("env", "env", []),
        ("time -- make", "make", []),
        ("make sudo x", "make", ["sudo", "x"]),
    ],
)
def test_the_program_behind_its_wrappers(text: str, program: str, rest: list[str]) -> None:
    command = _commands(f"RUN {text}")[0]
    assert command.program == program
    assert [argument.text for argument in command.effective[1:]] == rest


def test_another_shell_has_no_commands() -> None:
    instruction = _instruction("RUN Get-Item x | Foo")
    assert commands(instruction, ("powershell", "-Command")) == ()
    assert len(commands(instruction, ("/bin/bash", "-o", "pipefail", "-c"))) == 2
    assert len(commands(_instruction('RUN ["a"]'), ("cmd", "/S", "/C"))) == 1


def test_the_same_instruction_is_read_once() -> None:
    instruction = _instruction("RUN a")
    assert commands(instruction) is commands(instruction)


@pytest.mark.parametrize(
    "body",
    [
        "(" * 30_000,
        "$(" * 20_000 + "a" + ")" * 20_000,
        "`" * 20_000,
        "if a; then " * 5_000,
        "{ " * 20_000,
        '"' + '$("' * 10_000,
        "a | " * 20_000,
        "a && " * 20_000,
        "a;" * 30_000,
        "<<a " * 5_000,
        "\\" * 40_001,
        "${" * 20_000,
        "sh -c " * 10_000,
        "sudo " * 20_000,
        "a" * 100_000,
        "x" * 300_000,
        "case a in " * 4_000,
        "a\x00b | c",
        "[[ " * 10_000,
        "$((" * 10_000,
    ],
    ids=lambda body: f"{body[:8]!r} {len(body)}",
)
def test_a_hostile_body_neither_raises_nor_hangs(body: str) -> None:
    start = time.process_time()
    _commands(f"RUN {body}")
    assert time.process_time() - start < 3


_PARTS = st.sampled_from(
    [*"ab$(){}<>|&;'\"`\\#=! \t[]*", "<<E", "\nE\n", "&&", "||", "$(", "${", "if ", "then ", "fi "]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"ab$(){}<>|&;'\"`\\#=! \t[]*", "<<E", "\nE\n", "&&", "||", "$(", "${", "if ", "then ", "fi "]
        ),
        max_size=20,
    ).map("".join)
)
@example("<<E]( [")
def test_any_body_gives_commands_inside_the_file(body: str) -> None:
    source = f"FROM a\nRUN {body}\n"
    lines = source.split("\n")
    for instruction in parse(source).instructions:
        for command in commands(instruction):
            for span in (command.span, *(argument.span for argument in command.argv)):
                assert span.start <= span.end
                assert span.end.line <= len(lines)
                assert span.end.column <= len(lines[span.end.line - 1]) + 1
