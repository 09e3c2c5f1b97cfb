"""What is made of a value once for all who ask: kept by identity, as comparing values would cost more."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def remembered(most: int) -> Callable[[Callable[[Given], Made]], Callable[[Given], Made]]:
    """Return a decorator for a function of one frozen value; what it makes of up to `most` values is kept."""

    def decorated(function: Callable[[Given], Made]) -> Callable[[Given], Made]:
        # The value is kept with what was made of it: as long as it is, its identity is nobody else's.
        known: dict[int, tuple[Given, Made]] = {}

        @wraps(function)
        def asked(value: Given) -> Made:
            found = known.get(id(value))
            if found is not None:
                return found[1]
            made = function(value)
            if len(known) >= most:
                known.clear()
            known[id(value)] = (value, made)
            return made

        return asked

    return decorated
