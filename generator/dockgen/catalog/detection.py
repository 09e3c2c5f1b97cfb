"""Which stack a project is, and why."""

from __future__ import annotations

from collections.abc import Sequence

from dockgen.catalog.loading import line_of
from dockgen.catalog.stack import Header
from dockgen.errors import CatalogError, ProjectError
from dockgen.project.facts import Origin, read_source
from dockgen.project.tree import Tree
from dockgen.records import record

# Evidence below this is a hint (a stray script), not a claim.
STRONG = 50
# And evidence below this counts only where there is no other: any project may hold a program or a page.
FAINT = 10


@record
class Evidence:
    """One piece of evidence: its weight (1 to 100), where it was found, what it says."""

    weight: int
    origin: Origin | None
    says: str


@record
class Candidate:
    """A stack with the evidence for it, the strongest first."""

    header: Header
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> int:
        """The strongest evidence's weight, less what speaks against it."""
        against = sum(piece.weight for piece in self.evidence if piece.weight < 0)
        return max((piece.weight for piece in self.evidence), default=0) + against


@record
class Detection:
    """All candidates, best first; `problems` are files that could not be read meanwhile."""

    candidates: tuple[Candidate, ...]
    problems: tuple[ProjectError, ...]

    @property
    def strong(self) -> tuple[Candidate, ...]:
        """The candidates that claim the project: more than one is ambiguous."""
        best = self.candidates[0].weight if self.candidates else 0
        return tuple(c for c in self.candidates if c.weight >= STRONG and c.weight > best - STRONG)

    @property
    def winner(self) -> Candidate | None:
        """The one stack that the evidence names, if it names one."""
        claims = self.strong or self.candidates
        return claims[0] if len(claims) == 1 else None


def detect(tree: Tree, headers: Sequence[Header]) -> Detection:
    """Weigh every stack's evidence; unreadable files are noted, not fatal."""
    problems: list[ProjectError] = []
    found = [Candidate(header, _evidence(tree, header, problems)) for header in headers]
    found = [candidate for candidate in found if candidate.weight > 0]
    found = [candidate for candidate in found if candidate.weight >= FAINT] or found
    found.sort(key=lambda candidate: (-candidate.weight, candidate.header.name))
    return Detection(tuple(found), tuple(problems))


def _evidence(tree: Tree, header: Header, problems: list[ProjectError]) -> tuple[Evidence, ...]:
    pieces = []
    for index, source in enumerate(header.detect):
        plain = {key: value for key, value in source.items() if key not in ("weight", "says")}
        try:
            found = read_source(tree, plain)
        except ProjectError as error:
            problems.append(error)
            continue
        except CatalogError as error:
            line = line_of(header.path, 0, ["detect", index])
            raise CatalogError(f"{header.path}:{line}: {error.message}", error.hint) from error
        value, origin = found[0] if found else (None, None)
        if value not in (None, False, "", [], {}):
            says = source.get("says") or f"{origin.path if origin else header.name} is there"
            pieces.append(Evidence(source["weight"], origin, says))
    return tuple(sorted(pieces, key=lambda piece: -piece.weight))
