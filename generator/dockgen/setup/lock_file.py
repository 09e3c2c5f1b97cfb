"""The content of dockgen.lock for a generated setup."""

from __future__ import annotations

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


def lock_of(generated: Generated, templates: Sequence[Path] = ()) -> str:
    """Return the lock's text: images, versions of the data, what the container promises, pristine files."""
    from dockgen.render.digest import template_digest

    plan, header = generated.plan, generated.survey.stack.header
    return dump(
        Lock(
            dockgen=__version__,
            stack=StackVersion(header.name, str(header.version)),
            template=TemplateVersion(plan.template, template_digest(plan.template, templates)),
            images={image.name: image.digest for image in plan.images.values()},
            container=container_of(plan),
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


def container_of(plan: Plan) -> dict[str, Any]:
    """Return what `dockgen verify` holds the running container to."""
    up = "/".join([".."] * len(plan.folder.split("/"))) if plan.folder else ""
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
