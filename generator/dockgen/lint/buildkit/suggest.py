"""The nearest name to a misspelt one, for «did you mean»."""

from __future__ import annotations

from collections.abc import Iterable

_FARTHEST = 2
# Names beyond this length are not compared: a distance costs length times length.
_LONGEST = 100


def nearest(name: str, options: Iterable[str]) -> str:
    """Return the first option at the least distance, at most two edits away; '' where there is none."""
    found, least = "", _FARTHEST + 1
    for option in options:
        if abs(len(option) - len(name)) < least and max(len(option), len(name)) <= _LONGEST:
            distance = edits(name, option)
            if distance < least:
                found, least = option, distance
    return found


def edits(one: str, other: str) -> int:
    """Return Levenshtein's distance: how many characters to insert, delete or replace."""
    row = list(range(len(other) + 1))
    for index, character in enumerate(one, 1):
        diagonal, row[0] = row[0], index
        for column, candidate in enumerate(other, 1):
            cost = diagonal + (character != candidate)
            diagonal = row[column]
            row[column] = min(cost, row[column] + 1, row[column - 1] + 1)
    return row[-1]
