"""The variables of one stage at each of its instructions, kept once.

A file of ten thousand ENVs must not need ten thousand tables: each name has a list of its values, and an
instruction sees those set before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from dockgen.dockerfile.lexer import Unknown

Value = str | Unknown


class Variables:
    """What a stage sets, step by step, on top of what its parent had set at its end."""

    def __init__(self, parent: Variables | None = None) -> None:
        self.last = 0
        self._parent = parent
        self._parent_last = parent.last if parent else 0
        self._times: dict[str, list[int]] = {}
        self._values: dict[str, list[Value]] = {}
        self._declared: dict[str, int] = {}

    def advance(self) -> int:
        """Begin the next step and return its number."""
        self.last += 1
        return self.last

    def put(self, name: str, value: Value) -> None:
        """Set a variable from this step on."""
        self._times.setdefault(name, []).append(self.last)
        self._values.setdefault(name, []).append(value)

    def declare(self, name: str) -> None:
        """Take note of an ARG, with or without a value."""
        self._declared.setdefault(name, self.last)

    def get(self, name: str, step: int) -> Value | None:
        """Return the value at a step; None where the variable is not set."""
        for layer, at in self._layers(step):
            count = bisect_right(layer._times.get(name, ()), at)
            if count:
                return layer._values[name][count - 1]
        return None

    def is_declared(self, name: str, step: int) -> bool:
        """Return whether an ARG of that name stands before a step."""
        return any(layer._declared.get(name, at + 1) <= at for layer, at in self._layers(step))

    def names(self, step: int) -> list[str]:
        """Return what is set at a step, in the order of the last setting."""
        found: dict[str, None] = {}
        for layer, at in reversed([*self._layers(step)]):
            counts = {name: bisect_right(times, at) for name, times in layer._times.items()}
            latest = {name: layer._times[name][count - 1] for name, count in counts.items() if count}
            for name in sorted(latest, key=latest.__getitem__):
                found.pop(name, None)
                found[name] = None
        return list(found)

    def declared(self) -> list[str]:
        """Return the ARGs of this stage, at its end."""
        return list(self._declared)

    def _layers(self, step: int) -> Iterator[tuple[Variables, int]]:
        layer: Variables | None = self
        while layer is not None:
            yield layer, step
            step = layer._parent_last
            layer = layer._parent
