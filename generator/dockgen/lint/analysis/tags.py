"""How exact an image's tag is, against what its repository offers.

Source: the repositories' own lists of supported tags and the image data of the catalog.
"""

from __future__ import annotations

from dockgen.catalog.bases import Reference
from dockgen.catalog.images import records
from dockgen.regexes import regex

# How many numbers a release of the repository has; three where nothing is said.
_NUMBERS = {
    "docker.io/library/postgres": 2,
    "docker.io/library/debian": 2,
    "docker.io/library/ubuntu": 2,
    "docker.io/library/fedora": 1,
    "docker.io/library/rockylinux": 2,
    "docker.io/library/almalinux": 2,
    "docker.io/library/oraclelinux": 1,
    "registry.fedoraproject.org/fedora-minimal": 1,
}
_DATE_OR_COMMIT = regex(r"\d{6,}|\d{4}-\d\d|(?<![\w])(?=[0-9a-f]*\d)[0-9a-f]{7,40}(?![\w])")
_VERSION = regex(r"(?:^|[-_a-z])v?(\d+(?:\.\d+)*)")


def is_vague(reference: Reference) -> bool:
    """Return whether the repository offers a more exact tag than this one.

    A tag that the image data holds with this very digest, with nothing more exact beside it, is not vague.
    """
    tag = reference.tag
    if tag is None or _DATE_OR_COMMIT.search(tag):
        return False
    exact = _numbers(tag) >= _NUMBERS.get(reference.repository, 3)
    return not exact and not _is_best_known(reference)


def _numbers(tag: str) -> int:
    """Return how many numbers the first version in the tag has."""
    found = _VERSION.search(tag)
    return found[1].count(".") + 1 if found else 0


def _is_best_known(reference: Reference) -> bool:
    same = {r.tag for r in records() if (r.repository, r.digest) == (reference.repository, reference.digest)}
    return reference.tag in same and all(_numbers(tag) <= _numbers(reference.tag) for tag in same)
