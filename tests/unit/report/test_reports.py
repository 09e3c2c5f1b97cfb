"""Each report format: what it says, and that hostile text stays text."""

import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from dockgen.dockerfile.model import Position, Span
from dockgen.errors import AnswerError
from dockgen.lint.engine import lint_text
from dockgen.lint.model import Edit, Finding, Fix, Severity
from dockgen.lint.reports import Report
from dockgen.report import FORMATS, render
from dockgen.report.terminal import printable, wants_colour, width

HOSTILE = "FROM debian AS a\nRUN echo '<script>alert(1)</script> \x1b[31m ::error::x%0A' \u202e {{ 7*7 }}\n"


def finding(line: int, start: int, end: int, **more: Any) -> Finding:
    span = Span(Position(line, start), Position(more.pop("end_line", line), end))
    values: dict[str, Any] = {
        "ids": ("DG0601", "DL3006"),
        "severity": Severity.WARNING,
        "message": "no tag",
    } | more
    return Finding(span=span, **values)


def report(source: str, *findings: Finding) -> Report:
    return Report("Dockerfile", source, findings)


def text(source: str, *findings: Finding) -> str:
    return render("text", [report(source, *findings)])


def test_text_underlines_the_span() -> None:
    shown = text("FROM debian\n", finding(1, 6, 12, mend="name a tag"))
    assert shown == (
        "Dockerfile:1:6: warning DG0601 DL3006: no tag\n"
        "   1 | FROM debian\n"
        "     |      ^^^^^^\n"
        "     = name a tag\n\n"
        "1 finding in 1 file: 1 warning\n"
    )


def test_underlines_stay_below_wide_characters_and_tabs() -> None:
    lines = text("RUN\t日本 é x\n", finding(1, 10, 11)).splitlines()
    assert lines[1] == "   1 | RUN    日本 é x"
    assert lines[2].index("^") == len("   1 | RUN    ") + 4 + len(" é ")


def test_a_span_over_several_lines_is_underlined_on_its_first() -> None:
    lines = text("RUN a \\\n  b\n", finding(1, 1, 4, end_line=2)).splitlines()
    assert lines[2] == "     | ^^^^^"


def test_a_very_long_line_is_cut_around_the_span() -> None:
    lines = text("RUN " + "a" * 100_000 + "X" + "b" * 100_000, finding(1, 100_005, 100_006)).splitlines()
    assert len(lines[1]) < 300
    assert lines[1][lines[2].index("^")] == "X"


def test_a_place_that_does_not_exist_is_no_crash() -> None:
    for one in (finding(9, 1, 1), finding(1, 99, 120), finding(1, 1, 1)):
        for name in FORMATS:
            assert render(name, [report("FROM a\n", one)])


def test_a_fix_is_offered_with_its_option() -> None:
    fix = Fix("write COPY", (Edit(Span(Position(1, 1), Position(1, 4)), "COPY"),))
    assert "--fix: write COPY" in text("ADD a b\n", finding(1, 1, 4, fix=fix))
    assert "--fix-unsafe: write COPY" in text(
        "ADD a b\n", finding(1, 1, 4, fix=Fix(fix.title, fix.edits, safe=False))
    )


def test_nothing_found_is_said() -> None:
    assert text("FROM a\n") == "no findings in 1 file\n"


def test_terminals_get_nothing_to_obey() -> None:
    shown = text(HOSTILE, finding(2, 1, 20, message="\x1b]0;x\x07 \u202e"))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown


def test_colours_only_where_they_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(Terminal())
    assert not wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Terminal())
    assert "\x1b[33m" in render("text", [report("FROM a\n", finding(1, 1, 5))], colour=True)


def test_widths() -> None:
    assert (width("abc"), width("日本"), width("e\u0301")) == (3, 4, 1)
    assert printable("a\tb\r") == "a    b\N{REPLACEMENT CHARACTER}"


def test_json_says_everything() -> None:
    fix = Fix("t", (Edit(Span(Position(1, 1), Position(1, 2)), "x", ".dockerignore"),), safe=False)
    document = json.loads(
        render("json", [report("FROM a\n", finding(1, 6, 7, practice=6, mend="m", fix=fix))])
    )
    row = document["files"][0]["findings"][0]
    assert (row["ids"], row["severity"], row["line"], row["column"], row["end_column"]) == (
        ["DG0601", "DL3006"],
        "warning",
        1,
        6,
        7,
    )
    assert row["fix"]["edits"][0] | {"line": 1} == {
        "line": 1,
        "column": 1,
        "end_line": 1,
        "end_column": 2,
        "text": "x",
        "path": ".dockerignore",
    }


def test_github_commands_cannot_be_forged() -> None:
    shown = render(
        "github",
        [
            Report(
                "a,b:c.Dockerfile", "", (finding(1, 1, 2, path="a,b:c.Dockerfile", message="x\n::error::y%"),)
            )
        ],
    )
    assert shown == (
        "::warning file=a%2Cb%3Ac.Dockerfile,line=1,endLine=1,col=1,endColumn=2,"
        "title=DG0601 DL3006::x%0A::error::y%25\n"
    )


def test_github_levels() -> None:
    levels = [render("github", [report("", finding(1, 1, 2, severity=s))]).split(" ")[0] for s in Severity]
    assert levels == ["::notice", "::notice", "::warning", "::error"]


def test_gitlab_rows_are_told_apart_and_survive_a_moved_line() -> None:
    def fingerprints(source: str, *lines: int) -> list[str]:
        rows = json.loads(render("gitlab", [report(source, *(finding(n, 1, 5) for n in lines))]))
        return [row["fingerprint"] for row in rows]

    first = fingerprints("FROM a\nFROM a\n", 1, 2)
    assert len(set(first)) == 2
    assert fingerprints("# moved\nFROM a\nFROM a\n", 2, 3) == first
    row = json.loads(render("gitlab", [report("FROM a\n", finding(1, 1, 5))]))[0]
    assert row["severity"] == "major"
    assert row["location"] == {"path": "Dockerfile", "lines": {"begin": 1, "end": 1}}


def sarif() -> dict[str, Any]:
    fix = Fix("t", (Edit(Span(Position(1, 1), Position(1, 5)), "x"),))
    reports = [
        report(
            HOSTILE,
            finding(1, 1, 5, fix=fix, practice=6),
            finding(2, 1, 3, ids=("SC2086",), severity=Severity.INFO),
        ),
        Report(
            "sub dir/ü.Dockerfile",
            "FROM a\n",
            (finding(1, 1, 1, path="sub dir/ü.Dockerfile"),),
            notes=("no hadolint",),
        ),
        Report(str(Path.cwd() / "Dockerfile"), "FROM a\n", (finding(1, 1, 1, ids=("JSONArgsRecommended",)),)),
    ]
    document: dict[str, Any] = json.loads(render("sarif", reports))
    return document


def test_sarif_hangs_together() -> None:
    run = sarif()["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~%/:-]+", place["artifactLocation"]["uri"])
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
    assert (
        run["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "sub%20dir/%C3%BC.Dockerfile"
    )
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "no hadolint"


VALIDATOR = "@microsoft/sarif-multitool-linux@5.7.0"
CHECKSUM = "sha512-NxUbpq6ISCWoTQ/NfOYEwEDKq1Heka/rMoJ5R5LMydcAZQX/X7g5mWHcgxDub+0M07LC96tZ5LZHvF1Qy3gjTA=="


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("npm"), reason="needs npm on Linux")
def test_sarif_satisfies_its_specification_s_validator(tmp_path: Path) -> None:
    told = subprocess.run(
        ["npm", "pack", "--silent", "--json", VALIDATOR], cwd=tmp_path, capture_output=True, check=True
    )
    packed = json.loads(told.stdout)
    packed = packed[0] if isinstance(packed, list) else next(iter(packed.values()))
    assert packed["integrity"] == CHECKSUM
    with tarfile.open(tmp_path / packed["filename"]) as archive:
        archive.extractall(tmp_path, filter="data")
    program = tmp_path / "package" / "Sarif.Multitool"
    program.chmod(0o700)
    (tmp_path / "log.sarif").write_text(json.dumps(sarif()))
    environment = {
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [program, "validate", tmp_path / "log.sarif"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Analysis completed successfully" in done.stdout
    assert " error " not in done.stdout


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_escapes_and_loads_nothing() -> None:
    page = render("html", [lint_text(HOSTILE, "<b>x</b>", hadolint=False)])
    tags = _Tags()
    tags.feed(page)
    assert not tags.seen & {"script", "img", "link", "iframe", "b>x"}
    assert not {name for name in tags.attributes if name.startswith("on") or name == "src"}
    assert "<script>alert(1)</script>" in tags.text
    assert "{{ 7*7 }}" in tags.text
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page


def test_the_page_has_the_scorecard_the_source_and_the_mend() -> None:
    page = render("html", [lint_text("FROM debian\nMAINTAINER me\n", hadolint=False)])
    assert "of 10 practices kept" in page
    assert "<mark>" in page
    assert "name a version" in page
    assert "2. least-privileged user" in page


def test_findings_of_other_files_stand_apart_on_the_page() -> None:
    page = render("html", [report("FROM a\n", finding(3, 1, 2, path=".dockerignore", message="elsewhere"))])
    assert page.count("elsewhere</") + page.count(": elsewhere") >= 1


def test_a_format_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AnswerError, match="no report format"):
        render("xml", [])
