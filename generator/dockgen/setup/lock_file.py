"""The content of dockgen.lock for a generated setup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dockgen import __version__
from dockgen.output.lock import Lock, StackVersion, TemplateVersion, dump
from dockgen.plan.model import Plan
from dockgen.render.digest import template_digest
from dockgen.setup.generate import Generated

LOCK_NAME = "dockgen.lock"


def lock_of(generated: Generated, templates: Sequence[Path] = ()) -> str:
    """Return the lock's text: images, versions of the data, what the container promises, pristine files."""
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
        "secrets": [_secret(entry.id, entry.env, entry.target) for entry in plan.given_secrets],
        "writable": [{"path": entry.path, "kind": entry.kind} for entry in plan.writable],
        "environment": dict(plan.start_environment),
    }


def _secret(identity: str, env: str | None, target: str | None) -> dict[str, Any]:
    places = {key: value for key, value in (("env", env), ("target", target)) if value}
    return {"id": identity, **places, "required": True}
