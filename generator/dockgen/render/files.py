"""Plan → the text of each file to write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from dockgen.catalog.secret_files import build_patterns
from dockgen.plan.commands import as_shell, build_command
from dockgen.plan.model import Plan
from dockgen.render.environment import render
from dockgen.render.layout import lay_out


def files_of(plan: Plan, *, ignore_name: str, folders: Sequence[Path] = ()) -> dict[str, str]:
    """Return the Dockerfile, its ignore file and what was asked for besides, by name.

    Raises RenderError that names the template.
    """
    # Made of checked values by code of our own, and quoted for a shell: safe as it is.
    ci = {"ci_build": Markup(as_shell(build_command(plan, folder=Path(plan.folder), ci=True), "          "))}  # noqa: S704
    extra = {
        name: render(template, {"plan": plan, **ci}, folders) for name, template in plan.extra_files.items()
    }
    values = {"plan": plan, "values": plan.values, "secret_files": build_patterns()}
    return {
        plan.dockerfile: lay_out(render(plan.template, values, folders)),
        ignore_name: render("_shared/dockerignore.j2", values, folders),
        **extra,
    }
