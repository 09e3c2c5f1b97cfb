"""dockle's points are each mapped to a check; dockle itself is heard where it is installed."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dockgen.verify.checks import all_checks, dockle
from dockgen.verify.model import CheckResult, Status
from dockgen.verify.session import Session

# The points of https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md, read on 2026-11-24.
POINTS = {
    *(f"CIS-DI-{number:04}" for number in range(1, 12)),
    *(f"DKL-DI-{number:04}" for number in range(1, 7)),
    *(f"DKL-LI-{number:04}" for number in range(1, 4)),
}
FINE = {"image": "i", "summary": {"fatal": 0, "warn": 0, "info": 1, "skip": 0, "pass": 15}, "details": None}


def row(code: str, level: object, title: str = "something") -> dict[str, object]:
    return {"code": code, "title": title, "level": level, "alerts": ["where"]}


def report(fatal: int, warn: int, *details: object) -> str:
    return json.dumps({"summary": {**FINE["summary"], "fatal": fatal, "warn": warn}, "details": details})  # type: ignore[dict-item]


@pytest.fixture
def answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def install(output: str, code: int = 0, errors: str = "", source: str = "") -> CheckResult:
        (tmp_path / "output").write_text(output, encoding="utf-8")
        program = tmp_path / "dockle"
        lines = [
            f"#!{sys.executable}",
            "import pathlib, sys",
            "assert sys.argv[1:] == ['--format', 'json', '--exit-code', '0', 'name:tag'], sys.argv",
            source or f"sys.stdout.write(pathlib.Path({str(tmp_path / 'output')!r}).read_text())",
            f"sys.stderr.write({errors!r})",
            f"sys.exit({code})",
        ]
        program.write_text("\n".join(lines), encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        return dockle.judge_dockle(cast("Session", SimpleNamespace(images=["name:tag"])))

    return install


def test_every_point_has_a_check_of_its_own_or_names_one_that_is_there() -> None:
    own = {check.id for check in dockle.CHECKS} - {"dockle"}
    assert own | dockle.COVERED.keys() == POINTS
    assert not own & dockle.COVERED.keys()
    known = {check.id for module in all_checks() for check in module.checks}
    for point, words in dockle.COVERED.items():
        names = [re.sub(r" \(.*", "", name) for name in re.sub(r"\(.*?\)", "", words).split(",")]
        assert {name.strip() for name in names} <= known, point


def test_without_dockle_the_mapping_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = dockle.judge_dockle(cast("Session", SimpleNamespace(images=["name:tag"])))
    assert result.status is Status.REPORTED
    assert "CIS-DI-0001: user" in result.evidence


def test_a_report_without_warnings_passes(answered: Any) -> None:
    assert answered(json.dumps(FINE)).status is Status.PASSED


def test_fatal_findings_and_warnings_fail_and_the_rest_does_not(answered: Any) -> None:
    rows = [
        row("DKL-DI-0005", "FATAL", "Clear apt-get caches"),
        row("CIS-DI-0001", "WARN"),
        row("CIS-DI-0005", "INFO"),
    ]
    result = answered(report(1, 1, *rows))
    assert result.status is Status.FAILED
    assert result.evidence == ("DKL-DI-0005: Clear apt-get caches", "CIS-DI-0001: something [user]")


def test_what_is_counted_but_not_named_is_not_lost(answered: Any) -> None:
    assert (
        answered(report(2, 0, row("DKL-LI-0001", "FATAL"))).evidence[-1]
        == "1 more that it counts but does not name"
    )


@pytest.mark.parametrize(
    "output",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        '{"details": []}',
        '{"summary": 7}',
        '{"summary": {"fatal": "none"}}',
        "[" * 100_000,
    ],
    ids=range(9),
)
def test_what_is_not_a_report_is_a_failure_and_no_silent_pass(output: str, answered: Any) -> None:
    result = answered(output)
    assert result.status is Status.FAILED
    assert result.message.startswith("dockle cannot be used: ")


@pytest.mark.parametrize(
    "odd", [7, None, [], {"level": ["FATAL"]}, {"level": {"a": 1}, "code": [1]}, {"code": None}], ids=range(6)
)
def test_odd_rows_do_not_break_it(odd: object, answered: Any) -> None:
    result = answered(report(1, 0, odd, row("DKL-LI-0001", "FATAL")))
    assert result.evidence == ("DKL-LI-0001: something",)


def test_hostile_words_cannot_steer_a_terminal(answered: Any) -> None:
    result = answered(report(1, 0, row("\x1b[2J\u202eX", "FATAL", "a\nb\r" + "c" * 5_000)))
    (line,) = result.evidence
    assert not {"\x1b", "\u202e", "\n", "\r"} & set(line)
    assert len(line) < 300


def test_many_findings_are_cut(answered: Any) -> None:
    result = answered(report(5_000, 0, *[row(f"X-{number}", "FATAL") for number in range(5_000)]))
    assert len(result.evidence) == 41
    assert result.evidence[-1] == "and 4960 more"


def test_endless_output_is_bounded(answered: Any) -> None:
    result = answered("", source="print('{\"summary\": {', end='')\nfor _ in range(600): print('x' * 65536)")
    assert result.status is Status.FAILED
    assert "dockle" in result.message


def test_its_own_error_is_told(answered: Any) -> None:
    result = answered("", code=1, errors="FATAL unable to initialize a image struct\n")
    assert "unable to initialize a image struct" in result.message
