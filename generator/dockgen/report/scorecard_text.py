"""The scorecard of the ten practices for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dockgen.lint.practice import PracticeScore, Status, kept
from dockgen.report.terminal import painted, printable

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

_SIGNS = {
    Status.KEPT: ("✓", "green"),
    Status.PARTLY: ("~", "yellow"),
    Status.BROKEN: ("✗", "red"),
    Status.OPEN: ("?", "blue"),
}
# More pieces of evidence than that say nothing more.
_SHOWN = 4


def lines(scores: Sequence[PracticeScore], *, colour: bool = False) -> list[str]:
    """Return a line for each practice, its evidence and what is left to run below it."""
    return [line for score in scores for line in _lines(score, colour)]


def _lines(score: PracticeScore, colour: bool) -> list[str]:
    sign, style = _SIGNS[score.status]
    head = f"{score.practice:>2} {painted(sign, style, colour=colour)} {score.title}: {score.status.value}"
    shown = [
        f"{printable(one.text)}{f' (line {one.line})' if one.line else ''}" for one in score.evidence[:_SHOWN]
    ]
    more = len(score.evidence) - _SHOWN
    if more > 0:
        shown.append(f"and {more} more")
    left = [painted(f"left: {printable(one)}", "dim", colour=colour) for one in score.left]
    return [head, *(f"     {line}" for line in (*shown, *left))]


def render(reports: Sequence[Report], *, colour: bool = False) -> str:
    """Return each file's scorecard."""
    return "\n".join(_file(report, colour) for report in reports)


def _file(report: Report, colour: bool) -> str:
    from dockgen.lint.scorecard import score_report

    scores = score_report(report)
    title = painted(
        f"{printable(report.path)}: {kept(scores)} of {len(scores)} practices kept", "bold", colour=colour
    )
    return "\n".join([title, *lines(scores, colour=colour), ""])
