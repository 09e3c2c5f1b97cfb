"""What a stage is for: shipped, started, or only built in."""

from __future__ import annotations

import re

from dockgen.catalog.bases import Base, base_of
from dockgen.dockerfile.model import Dockerfile, Stage

_WORKSHOP = re.compile(
    r"(?i)(^|[/._-])(dev|devel|develop|development|devcontainer|debug|test|tests|testing|e2e|ci|cicd|build|builder|"
    r"lint|linter|bench|benchmark|fuzz|docs?|sandbox|playground|tools?|examples?|tilt|gitpod|codespaces?|toolchain)([/._-]|$)"
)


def is_workshop(dockerfile: Dockerfile) -> bool:
    """Return whether the path says that the image is one to develop, test or build in."""
    return bool(_WORKSHOP.search(dockerfile.path))


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
    """Return whether a container of this stage does work of its own: by the file, or as a server is its base."""
    base = base_of_stage(stage)
    return is_started(stage) or bool(base and base.role == "server")
