"""What is known of Debian's packages: stacks/data/debian-packages.yaml."""

from __future__ import annotations

from functools import cache

from dockgen.catalog.loading import documents
from dockgen.resources import bundled


@cache
def without_recommendations() -> frozenset[str]:
    """Return the packages that bring nothing along beside what they need, in all that they need."""
    found = documents(bundled("stacks") / "data" / "debian-packages.yaml", 1)[0]
    return frozenset(found["without_recommendations"])
