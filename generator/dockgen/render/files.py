"""Plan → the text of each file to write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from dockgen.catalog.secret_files import build_patterns
from dockgen.errors import RenderError
from dockgen.plan.commands import as_shell, build_command
from dockgen.plan.model import Plan
from dockgen.regexes import regex
from dockgen.render.environment import render
from dockgen.render.layout import lay_out

# What a pipeline's file, its shell and the forge's own expressions all take for what it is.
_PLAIN = regex(r"(?:[A-Za-z0-9_.@+][A-Za-z0-9_./@+-]*)?")


def files_of(
    plan: Plan, *, ignore_name: str, folders: Sequence[Path] = (), place: str | None = None
) -> dict[str, str]:
    """Return the Dockerfile, its ignore file and what was asked for besides, by name.

    `place` is where the Dockerfile will lie, from the top of the repository; by default beside the app.
    Raises RenderError that names the template.
    """
    values = {"plan": plan, "values": plan.values, "secret_files": build_patterns()}
    return {
        plan.dockerfile: lay_out(render(plan.template, values, folders)),
        ignore_name: render("_shared/dockerignore.j2", values, folders),
        **_extra_files(plan, folders, (plan.place or plan.folder) if place is None else place),
    }


def _extra_files(plan: Plan, folders: Sequence[Path], place: str) -> dict[str, str]:
    if not plan.extra_files:
        return {}
    for path in (place, plan.context_place):
        if not _PLAIN.fullmatch(path):
            raise RenderError(
                f"the folder {path!r} has characters in its name that a pipeline's file cannot hold",
                "rename it (letters, digits and _ . @ + - are fine), or leave the file out: "
                "--set ci=none --set renovate=none",
            )
    # Called at the top of the repository, or of the build context where there is none.
    build = as_shell(build_command(plan, Path(plan.context_place), Path(place), ci=True), "          ")
    # Made of checked values by code of our own, and quoted for a shell: safe as it is.
    values = {"plan": plan, "place": place, "ci_build": Markup(build)}  # noqa: S704
    return {
        name: render(template, {**values, "name": PurePosixPath(name).stem}, folders)
        for name, template in plan.extra_files.items()
    }
