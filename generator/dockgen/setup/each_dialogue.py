"""The conversation of `dockgen new --each`: which apps, the questions of each, and a last word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dockgen.answers.menu import menu
from dockgen.answers.model import Resolution
from dockgen.counting import counted
from dockgen.records import replace
from dockgen.report.terminal import printable
from dockgen.setup.app import App, fitting
from dockgen.setup.apps import Found
from dockgen.setup.dialogue import CANCEL, WRITE, CancelledError, Choose, Dialogue
from dockgen.setup.new import foreseen, survey_of
from dockgen.setup.survey import Survey
from dockgen.setup.target import Target

Tick = Callable[[str, Sequence[tuple[str, str]]], Sequence[str]]


class EachDialogue:
    """One conversation about several apps; `fresh` begins that about one, `say` shows a line."""

    def __init__(
        self, fresh: Callable[[], Dialogue], choose: Choose, tick: Tick, say: Callable[[str], None]
    ) -> None:
        self._fresh, self._choose, self._tick, self._say = fresh, choose, tick, say

    def ticked(self, found: Found) -> list[App]:
        """Let the apps be chosen: all are proposed; raises CancelledError where none is."""
        offered = [app for app in found.apps if app.askable]
        if not offered:
            return []
        rows = [(app.path, _said(app)) for app in offered]
        lines = menu([(printable(path), printable(said)) for path, said in rows])
        options = [(app.path, line) for app, line in zip(offered, lines, strict=True)]
        ticked = set(self._tick("Which apps?", options))
        if not ticked:
            raise CancelledError("no app was chosen; nothing was written")
        return [app for app in offered if app.path in ticked]

    def settle(self, app: App, target: Target) -> tuple[App, Survey, Resolution]:
        """Ask what is open about one app, and let it be confirmed or changed.

        The app comes back as one whose files may be replaced, where that was said.
        """
        self._say(printable(app.path + (f", {app.program}" if app.program else "")))
        dialogue = self._fresh()
        survey = app.survey or survey_of(app.request, app.given, app.stack, dialogue)
        given = app.given if app.survey else fitting(app.given, survey.stack)
        resolution = dialogue.settle(survey, given, lambda said: foreseen(app.request, target, survey, said))
        force = app.request.force or dialogue.replacing
        return replace(app, request=replace(app.request, force=force)), survey, resolution

    def confirm(self, count: int) -> None:
        """Ask once more before anything is written; raises CancelledError."""
        files = f"write the files of {counted(count, 'app')}"
        if self._choose("Go on?", [(WRITE, files), (CANCEL, "cancel, write nothing")]) != WRITE:
            raise CancelledError("cancelled; nothing was written")


def _said(app: App) -> str:
    return f"{app.title or 'to be chosen'}: {app.says}"
