"""Findings as JSON: everything that is known of each, lines and columns from 1, columns in characters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dockgen.dockerfile.model import Span
from dockgen.lint.model import Finding, Fix

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

VERSION = 1


def render(reports: Sequence[Report]) -> str:
    """Return one JSON document with a row per file and a line per finding."""
    files = ",\n".join(map(_file, reports))
    return f'{{"version": {VERSION}, "files": [\n{files}\n]}}\n'


def _file(report: Report) -> str:
    """Return one file's row, a line for each finding: indenting throughout takes ten times as long."""
    findings = ",".join(f"\n    {json.dumps(finding_row(finding))}" for finding in report.findings)
    path, notes = json.dumps(report.path), json.dumps(list(report.notes))
    return f'  {{"path": {path}, "notes": {notes}, "findings": [{findings}]}}'


def finding_row(finding: Finding) -> dict[str, Any]:
    """Return one finding's row."""
    return {
        "ids": list(finding.ids),
        "severity": finding.severity.name.lower(),
        "confidence": finding.confidence.value,
        "practice": finding.practice,
        "message": finding.message,
        "mend": finding.mend,
        "path": finding.path,
        **_place(finding.span),
        "fix": _fix(finding.fix) if finding.fix else None,
    }


def _place(span: Span) -> dict[str, int]:
    return {
        "line": span.start.line,
        "column": span.start.column,
        "end_line": span.end.line,
        "end_column": span.end.column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_place(edit.span), "text": edit.text, "path": edit.path} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}
