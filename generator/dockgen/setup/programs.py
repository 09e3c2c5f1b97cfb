"""Several apps in one folder: the programs of a module, where a question's choices are apps of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dockgen.answers.model import Resolution
from dockgen.answers.resolve import proposal_for
from dockgen.catalog.expression import evaluate
from dockgen.catalog.functions import joined, slug
from dockgen.records import replace
from dockgen.setup.app import OWN, App, fitting, settled
from dockgen.setup.new import answers_given
from dockgen.setup.survey import Survey

# Where the files of several programs of one folder go.
_SHARED = "docker"


def programs_of(app: App, surveyed: Survey, resolution: Resolution) -> list[App]:
    """Return an app for each program of a folder; none where there is but one, or an answer names it."""
    for question, folders in _choices(resolution):
        if not app.given.find(question):
            shared = Counter(folders.values())
            return [
                _program(app, surveyed, question, choice, _place(choice, folder, shared[folder]))
                for choice, folder in folders.items()
            ]
    return []


def _choices(resolution: Resolution) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the questions of which the choices are apps of their own, with each choice's folder."""
    asked = {*resolution.answers, *(one.question.name for one in resolution.unanswered)}
    for question in resolution.stack.questions:
        if question.each and question.name in asked:
            choices = proposal_for(resolution, question).names
            places = {item: evaluate(question.each, {**resolution.scope, "item": item}) for item in choices}
            inside = {item: joined("", place) for item, place in places.items() if place}
            found = {item: place for item, place in inside.items() if place}
            if len(found) > 1:
                yield question.name, found


def _place(choice: str, folder: str, sharing: int) -> str:
    return folder if sharing == 1 else joined(folder, f"{_SHARED}/{slug(choice)}") or folder


def _program(app: App, surveyed: Survey, question: str, choice: str, folder: str) -> App:
    request = app.request if folder == OWN else replace(app.request, output=app.request.path / folder)
    given = fitting(answers_given(request)[0], surveyed.stack)
    chosen = replace(given, layers=(("--set", {question: choice}), *given.layers))
    path = joined(app.path, folder) or OWN
    says, program = f"{app.says}; {question} {choice}", f"{question}={choice}"
    return settled(
        replace(app, path=path, request=request, given=chosen, says=says, program=program), surveyed
    )
