"""The real hadolint behind its adapter: what it cannot read is rewritten, the lines stay right."""

import stat
from pathlib import Path

import pytest

from dockgen.dockerfile.parser import parse
from dockgen.errors import EngineError
from dockgen.lint import hadolint, hadolint_binary
from dockgen.lint.engine import lint_text, own_configuration
from dockgen.lint.hadolint import Failure, Run, Setup
from dockgen.lint.hadolint_rewrite import readable
from dockgen.lint.model import Severity

LAST = "RUN cd /x"


def binary() -> hadolint_binary.Binary:
    found = hadolint_binary.find()
    assert found is not None
    return found


def outcome(text: str) -> hadolint.Outcome:
    return Run(binary(), [text], Setup(own=True)).outcomes()[0]


UNREADABLE = {
    "an instruction behind the terminator": "RUN <<EOF\necho a\nEOF\n" + LAST,
    "a comment behind the terminator": "RUN <<EOF\necho a\nEOF\n# why\n" + LAST,
    "COPY with an instruction behind": "COPY <<A /x/\n1\nA\n" + LAST,
    "an indented terminator": "RUN <<-EOF\n\techo a\n\tEOF\n\n" + LAST,
    "an indented, quoted terminator": 'RUN <<-"EOF"\n\techo a\n\tEOF\n\n' + LAST,
    "an escaped name": "COPY <<-\\EOT /x/\n\techo a\n\tEOT\n\n" + LAST,
    "ADD with a here-document": "ADD <<A /x/\n1\nA\n\n" + LAST,
    "two here-documents": "RUN <<A bash <<B\necho 1\nA\n2\nB\n\n" + LAST,
    "a body line that begins like the terminator": "RUN <<EOF\ncat <<FOO > /x\nEOF2\nFOO\nEOF\n\n" + LAST,
    "a mount without a target": "RUN --mount=type=cache,id=x echo b\n" + LAST,
    "a tmpfs without a target": "RUN --mount=type=tmpfs,size=5 echo b\n" + LAST,
    "a quoted mount": 'RUN --mount="type=cache,target=/x" echo b\n' + LAST,
    "a mount in single quotes": "RUN --mount='type=cache,target=/x' echo b\n" + LAST,
    "a mount's option in capitals": "RUN --mount=type=cache,Target=/x,sharing=locked echo b\n" + LAST,
    "a mount's option with a variable": "ARG S\nRUN --mount=type=cache,target=/x,sharing=$S echo b\n" + LAST,
    "ONBUILD with such a mount": "ONBUILD RUN --mount=type=cache echo b\n" + LAST,
    "ONBUILD with a here-document": "ONBUILD RUN <<EOF\necho a\nEOF\n" + LAST,
    "a continuation mark directly behind a target": (
        "RUN --mount=type=cache,target=/a\\\n  --mount=type=cache,target=/b echo b\n" + LAST
    ),
    "a port with a default": "ARG P\nEXPOSE ${P:-80}\n" + LAST,
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_hadolint_cannot_read_is_rewritten(body: str) -> None:
    text = "FROM debian:12\nWORKDIR /w\n" + body + "\n"
    assert isinstance(outcome(text), Failure), "hadolint reads this by now: drop the rewrite"
    findings = lint_text(text, context=None).findings
    assert not [f for f in findings if "DL1000" in f.ids]
    places = [f.span.start.line for f in findings if f.ids[0] == "DL3003"]
    assert text.split("\n").index(LAST) + 1 in places


def test_a_file_that_hadolint_reads_goes_to_it_as_it_is() -> None:
    text = "FROM debian:12\nRUN echo a\n# plain\n"
    assert readable(parse(text)).text == text


def test_lines_behind_an_inserted_line_map_back() -> None:
    text = "FROM debian:12\nRUN <<A\necho 1\nA\nRUN <<B\necho 2\nB\nRUN cd /x\n"
    rewritten = readable(parse(text))
    assert [rewritten.line(n) for n in range(1, 11)] == [1, 2, 3, 4, 4, 5, 6, 7, 7, 8]


def test_a_pragma_behind_a_heredoc_still_holds() -> None:
    text = "FROM debian:12\nRUN <<A\necho 1\nA\n# hadolint ignore=DL3003,SC2164,DL3059\nRUN cd /x\n"
    ids = {rule_id for finding in lint_text(text).findings for rule_id in finding.ids}
    assert not ids & {"DL3003", "SC2164", "DL3059", "DL1000"}


def test_what_hadolint_cannot_read_still_is_one_finding_and_the_rest_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dockgen.lint.engine.readable", lambda _: readable(parse("FROM x\nFOO bar\n")))
    findings = lint_text("FROM debian\nMAINTAINER me\n").findings
    blind = [f for f in findings if f.ids == ("DL1000",)]
    assert len(blind) == 1
    assert blind[0].severity is Severity.INFO
    assert "did not run on this file" in blind[0].message
    assert any("DG0601" in f.ids for f in findings)


def test_several_texts_in_one_process_keep_their_order() -> None:
    texts = [f"FROM debian:12\n{'#' * n}\nRUN cd /x\n" if n % 2 else "FROM debian:12\n" for n in range(5)]
    outcomes = Run(binary(), texts, Setup()).outcomes()
    assert [bool(found) for found in outcomes] == [False, True, False, True, False]


@pytest.mark.parametrize("length", [0, 3_000, 4_000, 5_000, 70_000])
def test_a_short_text_and_a_long_one_arrive_whole(length: int) -> None:
    text = f"FROM debian:12\n{'# é' + 'x' * 77 + chr(10)}" * (1 + length // 95) + "RUN cd /x\n"
    (found,) = Run(binary(), [text], Setup()).outcomes()
    assert isinstance(found, tuple)
    assert ("DL3003", text.count("\n")) in {(raw.code, raw.line) for raw in found}


def test_one_text_that_takes_too_long_does_not_take_the_others_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hadolint, "SECONDS_PER_FILE", 2.0)
    slow = "FROM debian:12\n" + "RUN echo a\n" * 2000
    outcomes = Run(binary(), [slow, "FROM debian:12\nRUN cd /x\n"], Setup()).outcomes()
    assert isinstance(outcomes[0], Failure)
    assert "longer than" in outcomes[0].reason
    assert isinstance(outcomes[1], tuple)
    assert outcomes[1]


def test_a_text_beyond_hadolints_strength_is_not_handed_to_it() -> None:
    text = "FROM debian:12\n" + "RUN echo a\n" * (hadolint.MAX_INSTRUCTIONS + 1)
    blind = [f for f in lint_text(text).findings if "DL1000" in f.ids]
    assert len(blind) == 1
    assert "400 instructions" in blind[0].message


def test_hadolint_s_configuration_is_respected(tmp_path: Path) -> None:
    config = tmp_path / ".hadolint.yaml"
    config.write_text("ignored: [DL3003]\noverride: {error: [SC2164]}\n")
    raws = Run(binary(), ["FROM debian:12\nRUN cd /x\n"], Setup(config)).outcomes()[0]
    assert isinstance(raws, tuple)
    assert [(raw.code, raw.level) for raw in raws] == [("SC2164", "error")]


def test_a_broken_configuration_is_named(tmp_path: Path) -> None:
    config = tmp_path / ".hadolint.yaml"
    config.write_text("ignored: [\n")
    with pytest.raises(EngineError, match=r"\.hadolint\.yaml"):
        Run(binary(), ["FROM debian:12\n"], Setup(config)).outcomes()


def test_own_output_is_judged_without_pragmas_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HADOLINT_IGNORE", "DL3003")
    text = "FROM debian:12\n# hadolint ignore=SC2164\nRUN cd /x\n"
    ids = {rule_id for finding in lint_text(text, own=True).findings for rule_id in finding.ids}
    assert ids >= {"DL3003", "SC2164"}
    theirs = {rule_id for finding in lint_text(text).findings for rule_id in finding.ids}
    assert not theirs & {"DL3003", "SC2164"}


def test_hadolint_reads_the_configuration_for_own_output() -> None:
    assert isinstance(
        Run(binary(), ["FROM debian:12\n"], Setup(own_configuration(), own=True)).outcomes()[0], tuple
    )


def test_a_program_that_cannot_start_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    program = tmp_path / "hadolint"
    program.write_text("no program")
    with pytest.raises(EngineError, match="could not be started"):
        Run(hadolint_binary.Binary(program, ""), ["FROM a\n"], Setup())


@pytest.mark.skipif("sys.platform == 'win32'")
def test_a_program_that_babbles_is_a_failure_of_each_text(tmp_path: Path) -> None:
    program = tmp_path / "hadolint"
    program.write_text("#!/bin/sh\necho oops >&2\nexit 3\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    outcomes = Run(hadolint_binary.Binary(program, ""), ["FROM a\n", "FROM b\n"], Setup()).outcomes()
    assert outcomes == [Failure("failed (oops)"), Failure("failed (oops)")]


@pytest.mark.skipif("sys.platform == 'win32'")
@pytest.mark.parametrize("length", [1, 4_000, 200_000])
def test_a_program_that_does_not_read_is_waited_for_and_no_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    monkeypatch.setattr(hadolint, "SECONDS_PER_FILE", 0.5)
    program = tmp_path / "hadolint"
    for body, reason in (("exit 3", "failed (exit code 3)"), ("exec sleep 60", "took longer than 0 s")):
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        outcomes = Run(hadolint_binary.Binary(program, ""), ["é" * length], Setup()).outcomes()
        assert outcomes == [Failure(reason)]


def test_without_hadolint_the_rest_runs_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hadolint_binary, "find", lambda: None)
    report = lint_text("FROM debian\n")
    assert report.notes
    assert not report.whole
    assert any("DG0601" in f.ids for f in report.findings)


def test_the_program_is_found_in_the_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hadolint_binary, "_beside_python", lambda: None)
    monkeypatch.setenv("PATH", "")
    hadolint_binary.find.cache_clear()
    try:
        found = hadolint_binary.find()
    finally:
        hadolint_binary.find.cache_clear()
    assert found is not None
    assert found.path.is_file()
