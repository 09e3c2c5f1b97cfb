"""Findings as JSON: everything that is known of each, lines and columns from 1, columns in characters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dockgen.dockerfile.model import Span
from dockgen.lint.model import Finding, Fix

if TYPE_CHECKING:
    from dockgen.lint.engine import Report

VERSION = 1


def render(reports: Sequence[Report]) -> str:
    """Return one JSON document with a row per file."""
    files = [
        {"path": r.path, "findings": [finding_row(f) for f in r.findings], "notes": list(r.notes)}
        for r in reports
    ]
    return json.dumps({"version": VERSION, "files": files}, indent=2) + "\n"


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
