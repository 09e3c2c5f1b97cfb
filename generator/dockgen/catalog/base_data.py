"""The facts on base images as stacks/data/bases.yaml lays them down: families, repositories, tags."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from dockgen.catalog.loading import documents
from dockgen.resources import bundled

Facts = dict[str, Any]
_MERGED = ("users", "programs")
_SYSTEM = ("distribution", "libc", "package_manager", "shell")
_READING = ("like", "tags", "match")


@cache
def base_data() -> Facts:
    """Return bases.yaml as read."""
    return dict(documents(bundled("stacks") / "data" / "bases.yaml", 1)[0])


def facts_of(repository: str, tag: str) -> Facts | None:
    """Return what is laid down for a repository and a tag; None for an unknown repository."""
    entry = _entry(repository)
    if entry is None:
        return None
    facts: Facts = {}
    for layer in _layers(entry, tag):
        _lay_over(facts, layer)
    return facts


def _entry(repository: str) -> Facts | None:
    bases: dict[str, Facts] = base_data()["bases"]
    if repository in bases:
        return bases[repository]
    patterns = [name for name in bases if _fits(repository, name)]
    return bases[max(patterns, key=len)] if patterns else None


def _fits(repository: str, pattern: str) -> bool:
    """Whether a pattern with a star fits; its beginning is compared first, as most end there."""
    before, star, _ = pattern.partition("*")
    return bool(star) and repository.startswith(before) and fnmatch.fnmatchcase(repository, pattern)


def _layers(entry: Facts, tag: str) -> Iterator[Facts]:
    """Yield the facts that hold for the tag, the most general first."""
    likes = entry.get("like", [])
    parents = [_named(name) for name in ([likes] if isinstance(likes, str) else likes)]
    tags = [one for part in (*parents, entry) for one in part.get("tags", []) if re.search(one["match"], tag)]
    replaced = next((_named(one["like"]) for one in reversed(tags) if "like" in one), None)
    for parent in parents if replaced is None else (replaced,):
        yield from _layers(parent, tag)
    if replaced is not None:
        yield from (parent for parent in parents if "like" in parent)
    yield entry
    if replaced is not None:
        # What the operating system decides holds whatever the repository says of its other tags.
        yield {
            key: value for layer in _layers(replaced, tag) for key, value in layer.items() if key in _SYSTEM
        }
    yield from tags


def _named(name: str) -> Facts:
    data = base_data()
    found: Facts = data["families"].get(name) or data["bases"][name]
    return found


def _lay_over(facts: Facts, layer: Facts) -> None:
    for key, value in layer.items():
        if key in {"has", "lacks"}:
            facts.setdefault("programs", {}).update(dict.fromkeys(value, key == "has"))
        elif key in _MERGED and isinstance(value, dict):
            facts[key] = {**(facts.get(key) or {}), **value}
        elif key not in _READING:
            facts[key] = value
