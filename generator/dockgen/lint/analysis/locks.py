"""The digests of dockgen.lock, by image, and the edit that puts one in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dockgen.catalog.bases import Reference, parse_reference
from dockgen.lint.analysis.images import ImageUse
from dockgen.lint.model import Edit, Fix


def locked_digest(reference: Reference, locked: Mapping[str, str]) -> str | None:
    """Return the digest that the lock holds for an image and its tag, None where it holds none."""
    for name, digest in locked.items():
        known = _parsed(name)
        if known and (known.repository, known.tag) == (reference.repository, reference.tag):
            return digest
    return None


@lru_cache(maxsize=256)
def _parsed(name: str) -> Reference | None:
    return parse_reference(name)


def pin(use: ImageUse, digest: str) -> Fix | None:
    """Return the edit that puts the digest in, None where a build argument makes the reference."""
    if "$" in use.written:
        return None
    bare = use.written.partition("@")[0]
    return Fix("take the digest of dockgen.lock", (Edit(use.span, f"{bare}@{digest}"),))
