"""Three-way merge by lines: what was edited since, and what is new, both against the pristine text.

The semantics are those of diff3: changes that neither overlap nor touch are both taken, equal ones once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from dockgen.records import record

MAX_LINES = 20_000
OURS, BASE, MIDDLE, THEIRS = "<<<<<<< edited", "||||||| pristine", "=======", ">>>>>>> new"


@record
class Conflict:
    """A place that both sides changed; `line` is that of its first marker in the merged text, from 1."""

    line: int
    pristine: str
    edited: str
    new: str


@record
class Merged:
    """The merged text, with conflicts between markers."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


@record
class _Hunk:
    """A change: lines `start` to `end` of the pristine text became `first` to `last` of the other."""

    start: int
    end: int
    first: int
    last: int


def merge(pristine: str, edited: str, new: str) -> Merged:
    """Merge two descendants of a text; the edited one's line ends (LF or CRLF) are kept."""
    if "\r\n" in edited and "\n" not in edited.replace("\r\n", ""):
        texts = (text.replace("\r\n", "\n") for text in (pristine, edited, new))
        merged = merge(*texts)
        return Merged(merged.text.replace("\n", "\r\n"), merged.conflicts)
    if edited == new or new == pristine:
        return Merged(edited)
    if edited == pristine:
        return Merged(new)
    return _Merge(pristine, edited, new).result()


class _Merge:
    """One merge under way."""

    def __init__(self, pristine: str, edited: str, new: str) -> None:
        self._base, self._ours, self._theirs = (_lines(text) for text in (pristine, edited, new))
        self._merged: list[str] = []
        self._conflicts: list[Conflict] = []

    def result(self) -> Merged:
        """Return the merged text."""
        position = 0
        for start, end, ours, theirs in self._regions():
            self._merged += self._base[position:start]
            self._settle(self._base[start:end], ours, theirs)
            position = end
        self._merged += self._base[position:]
        return Merged("".join(self._merged), tuple(self._conflicts))

    def _regions(self) -> Iterator[tuple[int, int, list[str], list[str]]]:
        """Yield stretches of the pristine text that changed, with what each side made of them."""
        pending = (_changes(self._base, self._ours), _changes(self._base, self._theirs))
        shifts = [0, 0]
        while any(pending):
            start = min(hunks[0].start for hunks in pending if hunks)
            end, taken = _gathered(pending, start)
            sides = []
            for side, lines in enumerate((self._ours, self._theirs)):
                grown = sum((hunk.last - hunk.first) - (hunk.end - hunk.start) for hunk in taken[side])
                sides.append(lines[start + shifts[side] : end + shifts[side] + grown])
                shifts[side] += grown
            yield start, end, sides[0], sides[1]

    def _settle(self, base: list[str], ours: list[str], theirs: list[str]) -> None:
        if ours == theirs or theirs == base:
            self._merged += ours
        elif ours == base:
            self._merged += theirs
        else:
            self._conflict(base, ours, theirs)

    def _conflict(self, base: list[str], ours: list[str], theirs: list[str]) -> None:
        line = sum(part.count("\n") for part in self._merged) + 1
        self._conflicts.append(Conflict(line, "".join(base), "".join(ours), "".join(theirs)))
        for marker, lines in ((OURS, ours), (BASE, base), (MIDDLE, theirs)):
            self._merged += [f"{marker}\n", *_ended(lines)]
        self._merged.append(f"{THEIRS}\n")


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends a line."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _ended(lines: list[str]) -> list[str]:
    """Return lines of which the last one has a line break, for a marker to follow."""
    return [*lines[:-1], lines[-1].removesuffix("\n") + "\n"] if lines else []


def _changes(base: list[str], other: list[str]) -> list[_Hunk]:
    if max(len(base), len(other)) > MAX_LINES:
        return [_Hunk(0, len(base), 0, len(other))]
    matcher = difflib.SequenceMatcher(None, base, other, autojunk=False)
    return [_Hunk(*ranges) for tag, *ranges in matcher.get_opcodes() if tag != "equal"]


def _gathered(pending: tuple[list[_Hunk], list[_Hunk]], start: int) -> tuple[int, list[list[_Hunk]]]:
    """Take out all hunks that overlap or touch what begins at `start`; return the end, and them by side."""
    end = start
    taken: list[list[_Hunk]] = [[], []]
    grown = True
    while grown:
        grown = False
        for side, hunks in enumerate(pending):
            while hunks and hunks[0].start <= end:
                hunk = hunks.pop(0)
                taken[side].append(hunk)
                end = max(end, hunk.end)
                grown = True
    return end, taken
