"""What a rule is, what it sees, and what it finds."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dockgen.records import field, record

if TYPE_CHECKING:
    from dockgen.dockerfile.model import Dockerfile, Span
    from dockgen.lint.context import BuildContext


class Severity(enum.IntEnum):
    """How bad it is; hadolint's four levels."""

    STYLE = 0
    INFO = 1
    WARNING = 2
    ERROR = 3


class Profile(enum.Enum):
    """Who asks: any file, dockgen's own output, or an organization's policy."""

    DEFAULT = "default"
    STRICT = "strict"
    POLICY = "policy"


class Confidence(enum.Enum):
    """How sure a finding is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@record
class Edit:
    """Replace `span` of the file by `text`; `path` is None for the Dockerfile itself."""

    span: Span
    text: str
    path: str | None = None


@record
class Fix:
    """A mend: what it does in a few words, its edits, and whether it keeps the image's meaning."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


@record
class Finding:
    """One thing found; `ids` has more than one where engines agree on one cause."""

    ids: tuple[str, ...]
    severity: Severity
    message: str
    span: Span
    path: str = "Dockerfile"
    confidence: Confidence = Confidence.HIGH
    practice: int | None = None
    mend: str = ""
    fix: Fix | None = None


@record
class Rule:
    """The identity of a rule: `DGppnn`, its name, its default severity and profile.

    The practice is the id's first two digits.
    """

    id: str
    name: str
    severity: Severity
    profile: Profile = Profile.DEFAULT
    confidence: Confidence = Confidence.HIGH

    @property
    def practice(self) -> int:
        """The number of the practice that the rule guards, 1 to 10."""
        return int(self.id[2:4])

    def at(
        self,
        span: Span,
        message: str,
        *,
        mend: str = "",
        fix: Fix | None = None,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
    ) -> Finding:
        """Return a finding of this rule at a span."""
        return Finding(
            ids=(self.id,),
            severity=self.severity if severity is None else severity,
            message=message,
            span=span,
            confidence=confidence or self.confidence,
            practice=self.practice,
            mend=mend,
            fix=fix,
        )


Check = Callable[["Dockerfile", "Context"], Iterator[Finding]]


@record
class Policy:
    """What an organization asks for; empty means no demand."""

    registries: tuple[str, ...] = ()
    max_digest_age_days: int | None = None
    required_labels: tuple[str, ...] = ()


@record
class Context:
    """All that a rule may look at besides the Dockerfile.

    `build` is the build context with its ignore file, None where it is unknown (stdin).
    `locked` maps image names to the digests of dockgen.lock. `today` is the date (ISO) for end-of-life
    rules; `other_targets` are targets that bake or compose files name.
    """

    profile: Profile = Profile.DEFAULT
    build: BuildContext | None = None
    locked: Mapping[str, str] = field(default_factory=dict)
    policy: Policy = Policy()
    today: str = ""
    other_targets: frozenset[str] = frozenset()
    root: Path | None = None
