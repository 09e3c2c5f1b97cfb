"""Findings as workflow commands, which GitHub shows beside the lines of a pull request.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dockgen.lint.model import Finding, Severity

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def render(reports: Sequence[Report]) -> str:
    """Return one command a line for each finding."""
    return "".join(_command(finding) + "\n" for report in reports for finding in report.findings)


def _command(finding: Finding) -> str:
    start, end = finding.span.start, finding.span.end
    properties = {"file": finding.path, "line": start.line, "endLine": end.line}
    if end.line == start.line:
        # The service refuses columns for a stretch of several lines.
        properties |= {"col": start.column, "endColumn": max(end.column, start.column + 1)}
    properties["title"] = " ".join(finding.ids)
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = finding.message + (f"\n{finding.mend}" if finding.mend else "")
    return f"::{_COMMANDS.get(finding.severity, 'notice')} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
