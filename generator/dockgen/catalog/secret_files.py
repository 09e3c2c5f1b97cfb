"""Which file names usually hold secrets. Source: stacks/data/secret-files.yaml."""

from __future__ import annotations

from functools import cache

from dockgen.catalog.loading import documents
from dockgen.resources import bundled


@cache
def _data() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = documents(bundled("stacks") / "data" / "secret-files.yaml", 1)[0]
    return loaded


def build_patterns() -> tuple[str, ...]:
    """Return the patterns of .dockerignore that keep secrets out of a build context."""
    return tuple(_data()["patterns"])


def shared_patterns() -> tuple[str, ...]:
    """Return the patterns of files that look alike and are made to be shared, such as .env.example."""
    return tuple(_data()["shared"])
