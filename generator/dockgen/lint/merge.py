"""Findings of several engines as one list: each cause on one line once, with all its ids."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.causes import contradictions, practices, same_cause
from dockgen.lint.model import Finding
from dockgen.records import replace


class _Places:
    """Which instruction a line belongs to."""

    def __init__(self, instructions: Sequence[Instruction]) -> None:
        self._instructions = instructions
        self._starts = [instruction.span.start.line for instruction in instructions]

    def key(self, finding: Finding) -> tuple[str, int]:
        """Return one value for all findings on one instruction, or else on one line."""
        line = finding.span.start.line
        at = bisect_right(self._starts, line) - 1
        if at >= 0 and line <= self._instructions[at].span.end.line:
            line = self._starts[at]
        return finding.path, line


def merged(findings: Iterable[Finding], dockerfile: Dockerfile) -> list[Finding]:
    """Return the findings in the file's order, each cause once.

    Findings come in the order of precedence: of several on one cause the first one keeps its message,
    severity and span, and takes the others' ids.
    """
    places = _Places(dockerfile.instructions)
    kept: list[Finding] = []
    by_place: dict[tuple[str, int], list[int]] = {}
    for finding in findings:
        here = by_place.setdefault(places.key(finding), [])
        twin = next((at for at in here if _one_cause(kept[at], finding)), None)
        if twin is None:
            here.append(len(kept))
            kept.append(_with_practice(finding))
        else:
            kept[twin] = _united(kept[twin], finding)
    return _sorted(_without_contradictions(kept, places))


def _one_cause(first: Finding, second: Finding) -> bool:
    """Two engines on one cause, or one engine saying the very same thing twice."""
    if set(first.ids) & set(second.ids):
        return first.ids[0] == second.ids[0] and (first.span, first.message) == (second.span, second.message)
    return not same_cause(second.ids[0]).isdisjoint(first.ids)


def _united(first: Finding, second: Finding) -> Finding:
    ids = (*first.ids, *(rule_id for rule_id in second.ids if rule_id not in first.ids))
    return replace(first, ids=ids, fix=first.fix or second.fix, mend=first.mend or second.mend)


def _with_practice(finding: Finding) -> Finding:
    if finding.practice is not None:
        return finding
    return replace(finding, practice=practices().get(finding.ids[0]))


def _without_contradictions(findings: list[Finding], places: _Places) -> list[Finding]:
    there: dict[tuple[str, int], list[str]] = {}
    for finding in findings:
        there.setdefault(places.key(finding), []).extend(finding.ids)
    return [f for f in findings if not _contradicted(f, there[places.key(f)])]


def _contradicted(finding: Finding, ids_there: list[str]) -> bool:
    return any(
        finding.ids == (drop,) and any(rule_id.startswith(winner) for rule_id in ids_there)
        for drop, winner in contradictions()
    )


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.path, f.span, -f.severity, f.ids))
