"""A parsed document: its data, and the line on which each part of it begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from dockgen.errors import ProjectError
from dockgen.project.keypath import Address
from dockgen.records import record

MAX_DEPTH = 100
# Lines are kept of parts up to this depth: deep hostile input would make the addresses themselves large.
MAX_ADDRESS = 20


@record
class Document:
    """Data of strings, numbers, booleans, lists and dicts; `locate` finds the lines when asked.

    `single_items`: the format cannot tell a list of one from its item (XML), so `[]` takes both.
    """

    data: Any
    locate: Callable[[], Mapping[Address, int]]
    single_items: bool = False

    @cached_property
    def _lines(self) -> Mapping[Address, int]:
        return self.locate()

    def line(self, address: Address) -> int | None:
        """Return the line of a value's key, or of the nearest part around it; None where none is known."""
        for length in range(len(address), 0, -1):
            if line := self._lines.get(address[:length]):
                return line
        return None


def malformed(path: str, line: int | None, kind: str, reason: str) -> ProjectError:
    """Return the error for a document that cannot be parsed."""
    where = f"{path}:{line}" if line else path
    return ProjectError(f"{where}: not valid {kind}: {reason}", f"Mend the file: it must be {kind}.")
