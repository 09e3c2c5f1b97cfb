"""Findings as GitLab's code quality report.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dockgen.lint.model import Finding, Severity
from dockgen.report.fingerprint import fingerprinted

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.INFO: "minor",
    Severity.STYLE: "info",
}


def render(reports: Sequence[Report]) -> str:
    """Return one JSON array with an entry for each finding."""
    rows = [_row(finding, digest) for report in reports for finding, digest in fingerprinted(report)]
    return json.dumps(rows, indent=2) + "\n"


def _row(finding: Finding, digest: str) -> dict[str, Any]:
    lines = {"begin": finding.span.start.line, "end": max(finding.span.start.line, _last_line(finding))}
    return {
        "description": f"{' '.join(finding.ids)}: {finding.message}",
        "check_name": finding.ids[0],
        "fingerprint": digest,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.path, "lines": lines},
    }


def _last_line(finding: Finding) -> int:
    """The last line with a character of the span on it."""
    end = finding.span.end
    return end.line - 1 if end.column == 1 else end.line
