"""The content of dockgen.lock for a generated setup."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dockgen import __version__
from dockgen.errors import OutputError
from dockgen.output import drift
from dockgen.output.lock import Lock, StackVersion, TemplateVersion, dump, load
from dockgen.plan.model import Plan

if TYPE_CHECKING:
    from dockgen.setup.generate import Generated

LOCK_NAME = "dockgen.lock"


def lock_of(generated: Generated, folder: Path, templates: Sequence[Path] = ()) -> str:
    """Return the text of a folder's lock: images, versions, what the container promises, pristine files."""
    from dockgen.render.digest import template_digest

    plan, header = generated.plan, generated.survey.stack.header
    return dump(
        Lock(
            dockgen=__version__,
            stack=StackVersion(header.name, str(header.version)),
            template=TemplateVersion(plan.template, template_digest(plan.template, templates)),
            images={image.name: image.digest for image in plan.images.values()},
            container=container_of(plan, _way_up(folder, generated.survey.context.path)),
            files=generated.files,
        )
    )


def read_lock(root: Path) -> Lock | None:
    """Return a folder's lock, None where it has none; raises OutputError for one that is not dockgen's."""
    text = drift.current(root, LOCK_NAME) if root.is_dir() else None
    return load(text.decode("utf-8", "replace"), LOCK_NAME) if text is not None else None


def written_files(root: Path) -> frozenset[str]:
    """Return the paths that a project's lock says were generated; none where no lock can be read.

    Whoever writes to the folder reads the lock, too, and tells what is wrong with it.
    """
    try:
        lock = read_lock(root)
    except OutputError:
        return frozenset()
    return frozenset(lock.files) if lock else frozenset()


def _way_up(folder: Path, context: Path) -> str:
    """Return the way from the files' folder to the build context; '' where that is no folder above."""
    place, root = os.path.realpath(folder), os.path.realpath(context)
    return os.path.relpath(root, place).replace(os.sep, "/") if place.startswith(f"{root}{os.sep}") else ""


def container_of(plan: Plan, up: str = "") -> dict[str, Any]:
    """Return what `dockgen verify` holds the running container to; `up` leads to its build context."""
    return {
        **({"context": up} if up else {}),
        "port": plan.port,
        "health": plan.health,
        "worker": plan.port is None,
        "shell": plan.shell,
        "package_manager": plan.package_manager != "none",
        "user": str(plan.user),
        "grace_seconds": plan.stop_seconds,
        **({"init": True} if plan.init else {}),
        "secrets": [_secret(entry.id, entry.env, entry.target) for entry in plan.given_secrets],
        "writable": [{"path": entry.path, "kind": entry.kind} for entry in plan.writable],
        "environment": dict(plan.start_environment),
    }


def _secret(identity: str, env: str | None, target: str | None) -> dict[str, Any]:
    places = {key: value for key, value in (("env", env), ("target", target)) if value}
    return {"id": identity, **places, "required": True}
