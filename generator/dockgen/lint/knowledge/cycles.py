"""Which base images are out of support on a given day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.catalog.base_data import base_data
from dockgen.catalog.bases import Base, base_of
from dockgen.catalog.eol import EndOfLife, end_of_life
from dockgen.dockerfile.model import Dockerfile, Stage

# Their cycles are as short as their releases: the next one is out before anybody could act.
SHORT_LIVED = frozenset({"rust", "bun", "deno"})
_SYSTEM_NAMES = {"centos": "CentOS", "amazonlinux": "Amazon Linux"}


def bases(dockerfile: Dockerfile) -> Iterator[tuple[Stage, Base]]:
    """Yield each outside image that a stage starts from, the first stage of each, and what is known of it."""
    seen: set[str] = set()
    for stage in dockerfile.stages:
        if stage.parent or not stage.resolved or stage.resolved in seen or not stage.start.words:
            continue
        seen.add(stage.resolved)
        base = base_of(stage.resolved)
        if base:
            yield stage, base


def ended_language(base: Base, today: str) -> EndOfLife | None:
    """Return the end of the image's language or server."""
    if not (base.product and base.version and today):
        return None
    return end_of_life(base.product, base.version, today)


def ended_distribution(base: Base, today: str) -> EndOfLife | None:
    """Return the end of the image's distribution, its free long-term support not counted."""
    if not (base.distribution and base.release and today):
        return None
    return end_of_life(base.distribution, base.release, today)


def is_called(path: str, base: Base) -> bool:
    """Return whether a Dockerfile, a folder right above it or a stage is called as the base's release.

    Such a file or stage is kept for that release: `jessie/2.1/Dockerfile`, `Dockerfile.ubuntu18.04`.
    """
    known: dict[str, str] = base_data()["codenames"].get(base.distribution, {})
    names = [re.escape(name) for name, release in known.items() if release == base.release]
    major, dot, minor = (base.release or "").partition(".")
    rest = (
        rf"(?:[-_.]?{re.escape(minor)})?" if dot and base.distribution == "ubuntu" else re.escape(dot + minor)
    )
    names.append(rf"{re.escape(base.distribution or '')}[-_.]?{re.escape(major)}{rest}")
    near = "/".join(path.replace("\\", "/").split("/")[-3:])
    return re.search(rf"(?i)(?<![a-z\d])(?:{'|'.join(names)})(?![a-z\d])", near) is not None


def since(ended: EndOfLife) -> str:
    """Return when it ended, for a sentence."""
    return f"since {ended.last}" if ended.last else "for years"


def system_name(base: Base) -> str:
    """Return distribution and release as people write them."""
    name = base.distribution or ""
    return f"{_SYSTEM_NAMES.get(name, name.capitalize())} {base.release}"
