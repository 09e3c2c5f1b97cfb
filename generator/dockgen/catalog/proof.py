"""How far a stack is proven: what this version's tests built and ran, and what its Dockerfiles keep.

The facts are in stacks/data/evidence.json, with their source and date; the tests write it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dockgen.catalog.stack import Header
from dockgen.records import record
from dockgen.resources import bundled


@record
class Proof:
    """One stack's: its cases, the days on which some were built and run hardened, by case.

    `kept` says by guarantee how many cases keep it (`7 of 7`); `because` why the others do not.
    """

    cases: Sequence[str]
    ran: Mapping[str, str]
    kept: Mapping[str, str]
    because: Mapping[str, Sequence[str]]

    @property
    def tier(self) -> int:
        """1 where a case was built and run hardened, else 2."""
        return 1 if self.ran else 2

    @property
    def date(self) -> str:
        """The last day on which a case was built and run; '' where none was."""
        return max(self.ran.values(), default="")


def proof_of(header: Header) -> Proof | None:
    """Return what is proven of a bundled stack; None for one of another folder, of which nothing is known."""
    stack = _data()["stacks"].get(header.name) if header.path.parent == bundled("stacks") else None
    return Proof(**stack) if stack else None


def guarantees() -> Mapping[str, str]:
    """Return the titles of all guarantees by the keys of `kept`."""
    found: Mapping[str, str] = _data()["about"]["guarantees"]
    return found


@cache
def _data() -> Any:
    return json.loads((bundled("stacks") / "data" / "evidence.json").read_text(encoding="utf-8"))
