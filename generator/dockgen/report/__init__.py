"""Findings in the formats that people and programs read: one module per format, loaded when asked for."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dockgen.errors import AnswerError

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

FORMATS = ("text", "json", "sarif", "github", "gitlab", "html")


def render(name: str, reports: Sequence[Report], *, colour: bool = False) -> str:
    """Return the reports in one format, ready to be written; `colour` concerns text only.

    Raises AnswerError for a format that does not exist.
    """
    if name not in FORMATS:
        raise AnswerError(f"there is no report format {name!r}", f"choose one of {', '.join(FORMATS)}")
    if name == "text":
        from dockgen.report import text

        return text.render(reports, colour=colour)
    module = importlib.import_module(f"dockgen.report.{name}_format")
    rendered: str = module.render(reports)
    return rendered
