"""Fixes on a text: those that do not overlap are applied, and taken back where they do not help.

What no edit names stays as it is, byte for byte: line ends, byte order mark, blanks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dockgen.dockerfile.model import Position
from dockgen.dockerfile.parser import parse
from dockgen.lint.model import Edit, Finding, Fix

_BOM = "\ufeff"
# A mend may uncover another one; more rounds than that would be a rule that undoes another's work.
_ROUNDS = 12
Lint = Callable[[str], Sequence[Finding]]
Texts = dict[str, str]


@dataclass
class Mended:
    """The Dockerfile's text after its fixes, other files' texts by path, and what became of each fix."""

    text: str
    others: Texts = field(default_factory=dict)
    applied: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)


def mend(text: str, lint: Lint, *, unsafe: bool = False, others: Mapping[str, str] | None = None) -> Mended:
    """Apply the fixes of what `lint` finds until nothing is left to mend.

    `others` holds the texts of other files by the path that edits give. A fix is taken back where the text
    no longer parses or its finding is still there.
    """
    done = Mended(text, dict(others or {}))
    refused: set[Fix] = set()
    for _ in range(_ROUNDS):
        found = lint(done.text)
        wanted = _compatible(
            [
                f
                for f in found
                if f.fix and (unsafe or f.fix.safe) and f.fix not in refused | _applied_aside(done)
            ]
        )
        if not wanted:
            break
        if not _try(done, wanted, found, lint):
            for finding in wanted:
                # Alone, each at the places of the text that it was found in: one a round.
                if _try(done, [finding], found, lint):
                    break
                refused.add(_fix_of(finding))
                done.refused.append(finding)
    return done


def _applied_aside(done: Mended) -> set[Fix]:
    """Fixes of other files: what was found in the context on disk stays found until they are written."""
    return {f.fix for f in done.applied if f.fix and any(edit.path for edit in f.fix.edits)}


def _fix_of(finding: Finding) -> Fix:
    if finding.fix is None:
        raise ValueError("a finding without a fix")
    return finding.fix


def _compatible(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings whose edits do not touch each other, in the file's order."""
    kept: list[Finding] = []
    taken: list[Edit] = []
    for finding in findings:
        edits = _fix_of(finding).edits
        if all(edit == other or not _overlap(edit, other) for edit in edits for other in taken):
            kept.append(finding)
            taken += edits
    return kept


def _overlap(one: Edit, other: Edit) -> bool:
    if one.path != other.path:
        return False
    if one.path is not None and one.span == other.span:
        # Lines added to the end of another file follow each other.
        return one.span.start != one.span.end
    first, second = sorted((one, other), key=lambda edit: (edit.span.start, edit.span.end))
    return second.span.start < first.span.end or first.span.start == second.span.start


def _try(done: Mended, findings: Sequence[Finding], before: Sequence[Finding], lint: Lint) -> bool:
    """Apply the findings' fixes; return whether they helped, else leave all as it was."""
    edits = list(dict.fromkeys(edit for finding in findings for edit in _fix_of(finding).edits))
    text = applied(done.text, [edit for edit in edits if edit.path is None])
    if len(parse(text).problems) > len(parse(done.text).problems):
        return False
    here = [f for f in findings if any(edit.path is None for edit in _fix_of(f).edits)]
    if here and not _gone(here, before, lint(text)):
        return False
    for path in {edit.path for edit in edits if edit.path is not None}:
        theirs = [edit for edit in edits if edit.path == path]
        done.others[path] = applied(done.others.get(path, ""), theirs)
    done.text = text
    done.applied += findings
    return True


def _gone(mended: Sequence[Finding], before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    counts, left = _counts(before), _counts(after)
    return all(left[rule_id] <= counts[rule_id] - number for rule_id, number in _counts(mended).items())


def _counts(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(finding.ids[0] for finding in findings)


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return the text after edits that do not overlap; new lines end as the text's lines do."""
    mark = _BOM if text.startswith(_BOM) else ""
    body = text[len(mark) :]
    starts = [0, *(at + 1 for at, character in enumerate(body) if character == "\n")]
    line_end = "\r\n" if body.count("\r\n") * 2 > len(starts) - 1 else "\n"
    result, at = [mark], 0
    placed = ((_offset(body, starts, e.span.start), _offset(body, starts, e.span.end), e.text) for e in edits)
    for start, end, new in sorted(placed, key=lambda row: row[:2]):
        result += (body[at:start], new.replace("\r\n", "\n").replace("\n", line_end))
        at = max(end, at)
    return "".join((*result, body[at:]))


def _offset(body: str, starts: Sequence[int], position: Position) -> int:
    """Return where a position lies in the text; one behind the last line lies at its end."""
    if position.line > len(starts):
        return len(body)
    start = starts[position.line - 1]
    end = starts[position.line] if position.line < len(starts) else len(body)
    return min(start + position.column - 1, end)
