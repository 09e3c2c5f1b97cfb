"""Reports to and from the store. JSON, since what lies in a cache folder is not to be trusted with code."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dockgen import __version__
from dockgen.dockerfile.model import Position, Span
from dockgen.lint import context_roots, hadolint_binary
from dockgen.lint.hadolint import Setup
from dockgen.lint.knowledge import project_files
from dockgen.lint.model import Confidence, Context, Edit, Finding, Fix, Severity
from dockgen.lint.store import Store
from dockgen.resources import bundled

if TYPE_CHECKING:
    from dockgen.lint.files import FileJob
    from dockgen.lint.reports import Report


def report_key(job: FileJob, store: Store) -> str | None:
    """Return the key of all that a report depends on; None where that cannot be told cheaply."""
    context = context_roots.fingerprint(job.root) if job.root else ""
    if context is None:
        return None
    binary = hadolint_binary.find() if job.settings.hadolint else None
    setup = Setup(job.hadolint_configuration()).fingerprint() if binary else ""
    return store.key(
        job.path,
        job.place,
        job.source,
        context,
        project_files.state(job.root) if job.root else "",
        repr(job.settings),
        repr(sorted(job.targets)),
        datetime.datetime.now(datetime.UTC).date().isoformat(),
        binary.fingerprint if binary else "",
        setup,
        program_fingerprint(),
    )


@cache
def program_fingerprint() -> str:
    """Return what changes with dockgen's code and data."""
    package = Path(__file__).parent.parent
    places = (package / "lint", package / "dockerfile", bundled("stacks") / "data")
    return "\n".join([__version__, *sorted(row for place in places for row in _rows(str(place)))])


def _rows(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _rows(entry.path)
        else:
            status = entry.stat()
            yield f"{entry.name} {status.st_size} {status.st_mtime_ns}"


def known_report(job: FileJob, key: str, store: Store) -> Report | None:
    """Return the report of an earlier run, None where there is none that can be read."""
    from dockgen.lint.reports import Report

    entry = store.read(key)
    try:
        findings = tuple(_finding(row) for row in entry["findings"])
        notes = tuple(str(note) for note in entry["notes"])
    except (KeyError, TypeError, ValueError):
        return None
    return Report(job.path, job.source, findings, Context(root=job.root), notes, entry.get("whole") is True)


def keep_report(key: str, report: Report, store: Store) -> None:
    """Keep a report for the next run."""
    rows = [_row(finding) for finding in report.findings]
    store.write(key, {"findings": rows, "notes": list(report.notes), "whole": report.whole})


def _row(finding: Finding) -> list[Any]:
    return [
        list(finding.ids),
        int(finding.severity),
        finding.message,
        _span_row(finding.span),
        finding.path,
        finding.confidence.value,
        finding.practice,
        finding.mend,
        _fix_row(finding.fix) if finding.fix else None,
    ]


def _finding(row: list[Any]) -> Finding:
    ids, severity, message, span, path, confidence, practice, mend, fix = row
    return Finding(
        ids=tuple(str(rule_id) for rule_id in ids),
        severity=Severity(severity),
        message=str(message),
        span=_span(span),
        path=str(path),
        confidence=Confidence(confidence),
        practice=None if practice is None else int(practice),
        mend=str(mend),
        fix=_fix(fix) if fix else None,
    )


def _span_row(span: Span) -> list[int]:
    return [span.start.line, span.start.column, span.end.line, span.end.column]


def _span(row: list[Any]) -> Span:
    line, column, end_line, end_column = (int(number) for number in row)
    return Span(Position(line, column), Position(end_line, end_column))


def _fix_row(fix: Fix) -> list[Any]:
    return [fix.title, fix.safe, [[_span_row(edit.span), edit.text, edit.path] for edit in fix.edits]]


def _fix(row: list[Any]) -> Fix:
    title, safe, edits = row
    made = (Edit(_span(span), str(text), None if path is None else str(path)) for span, text, path in edits)
    return Fix(str(title), tuple(made), bool(safe))
