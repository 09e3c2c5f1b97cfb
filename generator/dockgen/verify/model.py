"""What a verification finds: results by check, and the evidence that fills the scorecard."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

PRACTICES = {
    0: "keeps its promises when it runs",
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
"""The ten practices by number; 0 gathers what belongs to none of them."""


EVIDENCE_SHOWN = 50
"""Lines of evidence of a broken promise: one `chmod -R 777` breaks it thousands of times."""


class Status(enum.Enum):
    """How a check ended; `REPORTED` is a fact that neither passes nor fails."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One promise and what was seen of it; `evidence` are lines for people."""

    id: str
    practice: int
    status: Status
    message: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The identity of a check: its id and the practice that it proves (0: none of the ten)."""

    id: str
    practice: int

    def passed(self, message: str, *evidence: str) -> CheckResult:
        """Return the result of a promise that was kept."""
        return CheckResult(self.id, self.practice, Status.PASSED, message, evidence)

    def failed(self, message: str, *evidence: str) -> CheckResult:
        """Return the result of a promise that was broken; of much evidence the beginning and the number."""
        more = len(evidence) - EVIDENCE_SHOWN
        shown = (*evidence[:EVIDENCE_SHOWN], f"and {more} more") if more > 0 else evidence
        return CheckResult(self.id, self.practice, Status.FAILED, message, shown)

    def skipped(self, reason: str, *evidence: str) -> CheckResult:
        """Return the result of a promise that could not be looked at."""
        return CheckResult(self.id, self.practice, Status.SKIPPED, reason, evidence)

    def reported(self, message: str, *evidence: str) -> CheckResult:
        """Return a fact that is worth knowing and no verdict."""
        return CheckResult(self.id, self.practice, Status.REPORTED, message, evidence)

    def judged(self, faults: list[str], bad: str, good: str) -> CheckResult:
        """Return failed with the faults as evidence, or passed where there are none."""
        return self.failed(bad, *faults) if faults else self.passed(good)


@dataclass(frozen=True, slots=True)
class LayerSize:
    """One layer of the image: compressed and unpacked bytes, and the instruction that made it."""

    digest: str
    compressed: int
    unpacked: int
    made_by: str
    from_base: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a build; times are seconds since the build's start."""

    name: str
    start: float
    end: float
    cached: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured and is no verdict: bytes, counts and seconds."""

    layers: tuple[LayerSize, ...] = ()
    steps: tuple[Step, ...] = ()
    os_packages: int = 0
    executables: int = 0
    cold_seconds: float = 0.0
    warm_seconds: float | None = None
    warm_bytes: int | None = None
    compared: ComparedImage | None = None

    @property
    def compressed(self) -> int:
        """The image's size as a registry stores it."""
        return sum(layer.compressed for layer in self.layers)

    @property
    def unpacked(self) -> int:
        """The image's size on disk."""
        return sum(layer.unpacked for layer in self.layers)


@dataclass(frozen=True, slots=True)
class ComparedImage:
    """The image of another Dockerfile for the same project, to be compared with."""

    name: str
    unpacked: int
    os_packages: int
    executables: int
    cold_seconds: float


@dataclass(frozen=True)
class Evidence:
    """All that one run of `verify` found."""

    target: str
    engine: str
    results: tuple[CheckResult, ...]
    measures: Measures = field(default_factory=Measures)

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """The promises that were broken."""
        return tuple(result for result in self.results if result.status is Status.FAILED)

    def of_practice(self, number: int) -> tuple[CheckResult, ...]:
        """Return the results that belong to a practice."""
        return tuple(result for result in self.results if result.practice == number)

    def practice_status(self, number: int) -> Status:
        """Return the worst of a practice's results; skipped where nothing was seen."""
        seen = {result.status for result in self.of_practice(number)}
        for status in (Status.FAILED, Status.PASSED, Status.REPORTED):
            if status in seen:
                return status
        return Status.SKIPPED
