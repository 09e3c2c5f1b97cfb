"""Which file names usually hold secrets. Source: stacks/data/secret-files.yaml."""

from __future__ import annotations

import re
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


def has_secret_name(path: str) -> bool:
    """Return whether `build_patterns` keep a file out, though it is not plainly a sample to be shared."""
    return bool(_matching("patterns").search(path)) and not _matching("shared").search(path)


def is_made_for_secrets(path: str) -> bool:
    """Return whether a file of that name has no other purpose than to hold secrets: a key store, .netrc."""
    return bool(_matching("secret").search(path))


@cache
def _matching(part: str) -> re.Pattern[str]:
    """Return one expression for a part's patterns, all of which have the form `**/a*b/c`."""
    names = (re.escape(pattern.removeprefix("**/")).replace(r"\*", "[^/]*") for pattern in _data()[part])
    return re.compile(f"(?:^|/)(?:{'|'.join(names)})(?:/|$)")
