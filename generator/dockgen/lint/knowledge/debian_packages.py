"""What is known of Debian's packages: stacks/data/debian-packages.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

from dockgen.catalog.loading import documents
from dockgen.resources import bundled


@cache
def without_recommendations() -> frozenset[str]:
    """Return the packages that bring nothing along beside what they need, in all that they need."""
    return frozenset(_known()["without_recommendations"])


@cache
def recommended_megabytes() -> dict[str, int]:
    """Return how many megabytes the recommendations of a package bring along, where that is much."""
    return dict(_known()["recommended_megabytes"])


@cache
def _known() -> dict[str, Any]:
    found: dict[str, Any] = documents(bundled("stacks") / "data" / "debian-packages.yaml", 1)[0]
    return found
