"""What a stage is for: shipped, started, or only built in."""

from __future__ import annotations

import re

from dockgen.catalog.bases import Base, base_of
from dockgen.dockerfile.model import Dockerfile, Stage

_WORKSHOP = re.compile(
    r"(?i)(^|[/._-])(dev|devel|develop|development|devcontainer|debug|tests?|testing|e2e|ci|lint|linter|bench|"
    r"benchmark|fuzz|sandbox|playground|examples?|tilt|gitpod|codespaces?|toolchain|builder)([/._-]|$)"
)
# Only as part of a file's or stage's name: folders called build or docs hold images of all kinds.
_WORKSHOP_NAME = re.compile(r"(?i)(^|[._-])(build|check|docs?|make|tools?)([._-]|$)")
_BUILD_WORD = re.compile(r"(?i)^(build|make|compile|package|test|pytest|lint|check|bench)([._-].*)?$")


def is_workshop(dockerfile: Dockerfile) -> bool:
    """Return whether the image is one to develop, test or build in: by path, stage or what it starts."""
    final = dockerfile.final_stage
    path = "/".join(dockerfile.path.replace("\\", "/").split("/")[-2:])
    names = [path.rpartition("/")[2], (final.name if final else None) or ""]
    named = bool(_WORKSHOP.search(path) or _WORKSHOP.search(names[1]))
    return named or any(_WORKSHOP_NAME.search(name) for name in names) or bool(final and _builds(final))


def _builds(stage: Stage) -> bool:
    return any(_BUILD_WORD.search(word) for word in start_words(stage)[:3])


def start_words(stage: Stage) -> list[str]:
    """Return the words of the ENTRYPOINT and the CMD in force, without folders."""
    last = [stage.inherited(keyword)[-1:] for keyword in ("ENTRYPOINT", "CMD")]
    words = (part for found in last for one in found for word in one.words for part in word.text.split())
    return [word.rpartition("/")[2] for word in words]


def shipped(dockerfile: Dockerfile) -> tuple[Stage, ...]:
    """Return the stages whose layers are the image built by default: the final one and its parents."""
    final = dockerfile.final_stage
    return final.lineage if final else ()


def base_of_stage(stage: Stage) -> Base | None:
    """Return what is known of the image at the root of a stage."""
    return base_of(stage.base_image) if stage.base_image else None


def is_started(stage: Stage) -> bool:
    """Return whether the file itself says what a container of this stage runs."""
    return bool(stage.inherited("CMD") or stage.inherited("ENTRYPOINT"))


def is_export(stage: Stage) -> bool:
    """Return whether the stage only carries files: from scratch, and nothing that runs."""
    return stage.base_image == "scratch" and not is_started(stage)


def runs_something(stage: Stage) -> bool:
    """Return whether a container of this stage does work: by the file, or as a server is its base."""
    base = base_of_stage(stage)
    return is_started(stage) or bool(base and base.role == "server")
