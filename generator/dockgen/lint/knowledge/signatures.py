"""How the signature of each outside image can be verified; the facts are in stacks/data/signatures.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from dockgen.catalog.loading import documents
from dockgen.lint.analysis.images import ImageUse
from dockgen.resources import bundled


def left_to_verify(uses: Iterable[ImageUse]) -> list[str]:
    """Return a step for each image that is signed, and one for each publisher that does not sign."""
    unsigned: dict[str, list[str]] = {}
    steps: list[str] = []
    for use in {use.written: use for use in uses if "$" not in use.written}.values():
        publisher = _publisher(use.reference.repository)
        if "verify" in publisher:
            steps.append(f"verify the signature: {publisher['verify'].replace('{image}', use.written)}")
        else:
            unsigned.setdefault(_unsigned(publisher), []).append(use.name)
    return steps + [f"{', '.join(dict.fromkeys(names))}: {text}" for text, names in unsigned.items()]


def _unsigned(publisher: Mapping[str, Any]) -> str:
    if publisher:
        return f"{publisher['unsigned']}; see how it was built: {publisher['instead']}"
    return "dockgen knows no signature of it: ask its publisher, or sign a copy of your own (cosign sign)"


def _publisher(repository: str) -> Mapping[str, Any]:
    found = (
        entry for entry in _publishers() if any(fnmatchcase(repository, name) for name in entry["images"])
    )
    return next(found, {})


@cache
def _publishers() -> tuple[dict[str, Any], ...]:
    return tuple(documents(bundled("stacks") / "data" / "signatures.yaml", 1)[0]["publishers"])
