"""From a plan to the files' text, linted, in memory: all that needs templates and the linter."""

from __future__ import annotations

from dockgen.dockerfile.ignore import IgnoreFile
from dockgen.lint.context import BuildContext
from dockgen.lint.engine import lint_text
from dockgen.lint.model import Context, Profile
from dockgen.lint.scorecard import score_report
from dockgen.records import replace
from dockgen.render.files import files_of
from dockgen.setup.draft import Draft, Order


def draft(order: Order) -> Draft:
    """Render, lint and score; raises RenderError with the way out."""
    plan = order.plan
    files = files_of(plan, ignore_name=order.ignore_name, folders=order.templates, place=order.place)
    context = Context(
        profile=Profile.STRICT,
        build=_sent(order, files[order.ignore_name]),
        today=order.today,
        root=order.root,
    )
    report = lint_text(
        files[plan.dockerfile], plan.dockerfile, profile=Profile.STRICT, context=context, own=True
    )
    # The listed context has served its purpose, and is the largest part by far.
    return Draft(files, replace(report, context=replace(context, build=None)), tuple(score_report(report)))


def _sent(order: Order, text: str) -> BuildContext:
    """Return the build context as the ignore file to be written lets it through."""
    ignore = IgnoreFile.parse(text)
    sent = tuple(path for path in order.paths if not ignore.excludes(path))
    return BuildContext(order.root, sent, order.truncated, order.ignore_name, ignore)
