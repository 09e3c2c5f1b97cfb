"""Findings for a terminal: the place, the ids, one sentence, the line with the span underlined, the mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dockgen.counting import counted
from dockgen.lint.model import Finding, Severity
from dockgen.report.terminal import painted, printable, width

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

_STYLES = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.INFO: "blue",
    Severity.STYLE: "cyan",
}
# What a line shows of itself around the span where it is too long to show whole.
_SHOWN = 160


def render(reports: Sequence[Report], *, colour: bool = False) -> str:
    """Return all findings with their lines, and a last line that sums them up."""
    blocks = [block(finding, report, colour=colour) for report in reports for finding in report.findings]
    return "".join(f"{text}\n\n" for text in blocks) + summary(reports) + "\n"


def block(finding: Finding, report: Report, *, colour: bool = False) -> str:
    """Return one finding: its head line, the underlined source, what mends it."""
    return "\n".join(_block_lines(finding, report, colour))


def _block_lines(finding: Finding, report: Report, colour: bool) -> Iterator[str]:
    start = finding.span.start
    style = _STYLES[finding.severity]
    place = printable(f"{finding.path}:{start.line}:{start.column}")
    level = painted(finding.severity.name.lower(), style, colour=colour)
    ids = painted(" ".join(finding.ids), "bold", colour=colour)
    yield f"{place}: {level} {ids}: {printable(finding.message)}"
    gutter = " " * max(4, len(str(start.line)))
    if finding.path == report.path and start.line <= len(report.lines):
        source, underline = _underlined(finding, report.lines[start.line - 1])
        yield f"{start.line:>{len(gutter)}} | {source}".rstrip()
        yield f"{gutter} | {painted(underline, style, colour=colour)}".rstrip()
    if finding.mend:
        yield f"{gutter} = {printable(finding.mend)}"
    if finding.fix:
        option = "--fix" if finding.fix.safe else "--fix-unsafe"
        yield f"{gutter} = {painted(option, 'dim', colour=colour)}: {printable(finding.fix.title)}"


def _underlined(finding: Finding, line: str) -> tuple[str, str]:
    """Return the line and the marks under the span's part of it, a long line cut around the span."""
    start, end = finding.span.start, finding.span.end
    first = min(start.column - 1, len(line))
    last = min(end.column - 1, len(line)) if end.line == start.line else len(line.rstrip(" \t\\"))
    cut = 0 if first < _SHOWN // 2 else first - _SHOWN // 4
    before = ("…" if cut else "") + printable(line[cut:first])
    marked = printable(line[first : max(last, first)][:_SHOWN])
    after = printable(line[max(last, first) :][: max(0, _SHOWN - (first - cut) - len(marked))])
    return before + marked + after, " " * width(before) + "^" * max(1, width(marked))


def summary(reports: Sequence[Report]) -> str:
    """Return one sentence: how many findings of which severity in how many files."""
    counts = Counter(finding.severity for report in reports for finding in report.findings)
    files = counted(len(reports), "file")
    total = sum(counts.values())
    if not total:
        return f"no findings in {files}"
    parts = [_counted(counts[level], level) for level in reversed(Severity) if counts[level]]
    return f"{counted(total, 'finding')} in {files}: {', '.join(parts)}"


def _counted(number: int, level: Severity) -> str:
    plural = "s" if number != 1 and level >= Severity.WARNING else ""
    return f"{number} {level.name.lower()}{plural}"
