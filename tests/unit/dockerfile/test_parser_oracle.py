"""Our parser against the PyPI package `dockerfile`, BuildKit's own parser of version 0.12."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from dockgen.dockerfile.parser import parse
from fuzz.agreement import Line, lines, parse_problems
from fuzz.grammar import CASES, FILES

oracle: Any = pytest.importorskip("dockerfile", reason="`dockerfile` has no wheel for this platform")

# Where BuildKit has moved on since: blanks behind `<<`, ONBUILD's flags and here-documents, text behind a
# JSON array, the check directive; and the package cuts its answers at a NUL and at a lone continuation.
_MOVED_ON = re.compile(
    r"<<-?[\t\r ]|\bONBUILD\b|\[.*\]\s*\S|\x00|^\s*[\\`]\s*$|check=", re.IGNORECASE | re.MULTILINE
)


@pytest.mark.parametrize("source", [case for case in CASES if not _MOVED_ON.search(case)])
def test_agrees_with_the_package(source: str, tmp_path: Path) -> None:
    _hold(source, tmp_path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILES)
def test_grown_files_agree_with_the_package(source: str) -> None:
    assume(not _MOVED_ON.search(source))
    with tempfile.TemporaryDirectory() as folder:
        _hold(source, Path(folder))


def _hold(source: str, folder: Path) -> None:
    ours = parse(source)
    path = folder / "Dockerfile"
    path.write_bytes(source.encode())
    try:
        theirs = [_line(command) for command in oracle.parse_file(str(path)) if command.cmd]
    except oracle.GoParseError:
        assert ours.problems, "BuildKit refuses it"
        return
    assert parse_problems(ours) == []
    assert lines(ours) == theirs
    for mine, their in zip(lines(ours), theirs, strict=True):
        assert their.start <= mine.start <= mine.end <= their.end


def _line(command: Any) -> Line:
    return Line(
        command.cmd,
        command.sub_cmd,
        command.json,
        list(command.flags),
        [] if command.value == ("",) and not command.json else list(command.value),
        [(document.name, document.content) for document in command.heredocs],
        command.start_line,
        command.end_line,
    )
