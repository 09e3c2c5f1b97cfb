"""Findings as one self-contained page: the scorecard, the source with what was found in it, the mend.

All text of files and findings is escaped; the page loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dockgen.lint import pages
from dockgen.lint.model import Finding
from dockgen.lint.scorecard import kept, score_report
from dockgen.records import record
from dockgen.report.terminal import printable
from dockgen.report.text import summary

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

_TEMPLATE = Path(__file__).with_name("page.html.j2")
_EVIDENCE_SHOWN = 4
# A page with more source than that is one that no browser scrolls well.
_MOST_LINES = 5_000
_LONGEST_LINE = 2_000


@record
class Piece:
    """A stretch of a line, marked where a finding's span covers it."""

    text: str
    marked: bool


@record
class Row:
    """A line of source with the findings that begin on it."""

    number: int
    pieces: tuple[Piece, ...]
    findings: tuple[dict[str, Any], ...] = ()


def render(reports: Sequence[Report]) -> str:
    """Return the page."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_TEMPLATE.read_text("utf-8"))
    files = [_file(report) for report in reports]
    return template.render(files=files, summary=summary(reports), shown=_EVIDENCE_SHOWN) + "\n"


def _file(report: Report) -> dict[str, Any]:
    scores = score_report(report)
    rows = list(_rows(report))
    return {
        "path": printable(report.path),
        "scores": scores,
        "kept": kept(scores),
        "findings": report.findings,
        "elsewhere": [_shown(one) for one in report.findings if not _is_in(one, rows, report)],
        "rows": rows,
    }


def _rows(report: Report) -> Iterator[Row]:
    if not report.source:
        return
    for number, line in enumerate(report.lines[:_MOST_LINES], 1):
        here = [f for f in report.findings if f.path == report.path and f.span.start.line == number]
        yield Row(number, tuple(_pieces(line[:_LONGEST_LINE], number, here)), tuple(_shown(f) for f in here))


def _is_in(finding: Finding, rows: Sequence[Row], report: Report) -> bool:
    return finding.path == report.path and finding.span.start.line <= len(rows)


def _pieces(line: str, number: int, here: Sequence[Finding]) -> Iterator[Piece]:
    """Cut a line where the spans of the findings on it begin and end."""
    covered = [_columns(finding, number, line) for finding in here]
    cuts = sorted({0, len(line), *(at for stretch in covered for at in stretch)})
    for start, end in pairwise(cuts):
        marked = any(first <= start and end <= last for first, last in covered)
        yield Piece(printable(line[start:end]), marked)


def _columns(finding: Finding, number: int, line: str) -> tuple[int, int]:
    """Return the part of a line that a span covers; of a stretch of lines only the first is marked."""
    start, end = finding.span.start, finding.span.end
    first = min(start.column - 1, len(line))
    last = min(end.column - 1, len(line)) if end.line == number else len(line.rstrip())
    return first, max(first, last)


def _shown(finding: Finding) -> dict[str, Any]:
    option = "--fix" if finding.fix and finding.fix.safe else "--fix-unsafe"
    return {
        "level": finding.severity.name.lower(),
        "ids": " ".join(finding.ids),
        "id_list": [{"text": rule_id, "address": pages.address(rule_id)} for rule_id in finding.ids],
        "path": printable(finding.path),
        "message": printable(finding.message),
        "mend": printable(finding.mend),
        "fix": f"{option}: {printable(finding.fix.title)}" if finding.fix else "",
    }
