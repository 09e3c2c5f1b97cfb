"""The ten practices and how one stands."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from dockgen.records import record

TITLES = {
    1: "minimal base",
    2: "least-privileged user",
    3: "signed and verified images",
    4: "known vulnerabilities found and monitored",
    5: "no leaked secrets",
    6: "fixed tags",
    7: "COPY and not ADD",
    8: "labels",
    9: "multi-stage",
    10: "linter",
}
"""The ten practices by number."""


class Status(enum.Enum):
    """How a practice stands; OPEN is "not provable from files"."""

    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    OPEN = "not provable from files"


@record
class Evidence:
    """What keeps or breaks a practice; `line` is None where it is no single line."""

    text: str
    line: int | None = None


@record
class PracticeScore:
    """One practice's verdict, what it rests on, and what is left to run."""

    practice: int
    status: Status
    evidence: tuple[Evidence, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The practice in a few words."""
        return TITLES[self.practice]


def kept(scores: Iterable[PracticeScore]) -> int:
    """Return how many practices are kept."""
    return sum(score.status is Status.KEPT for score in scores)
