"""One app of a repository: what it is, and what of it is not settled."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dockgen.answers.model import Given, Resolution
from dockgen.catalog.stack import Stack
from dockgen.errors import DockgenError
from dockgen.records import record, replace
from dockgen.setup.generate import settle
from dockgen.setup.new import Request
from dockgen.setup.survey import Survey

OWN = "."
# Answers from outside that are for all apps, where they apply; those of a dockgen.yaml are for one.
_FOR_ALL = {"--set": "--set for all", "answers file": "answers file"}


@record
class App:
    """One app; `path` is its folder in the repository, or the one where its files go, as POSIX.

    `says` tells by what it was recognised, `why` what is not settled ('' where all is), and `ways` how to
    settle it. `survey` and `resolution` are None where the stack itself is not known. `program` is the answer
    that tells it from other apps of the same folder, as --set takes it. Where nobody can settle it by an
    answer, it is not `askable`.
    """

    path: str
    request: Request
    says: str
    given: Given
    stack: str | None = None
    survey: Survey | None = None
    resolution: Resolution | None = None
    program: str = ""
    why: str = ""
    ways: tuple[str, ...] = ()
    askable: bool = True

    @property
    def title(self) -> str:
        """What kind of app it is; '' as long as that is not known."""
        return self.survey.stack.header.title if self.survey else ""

    @property
    def name(self) -> Any:
        """The name of its image, None where that depends on what is not settled."""
        answer = self.resolution.answers.get("name") if self.resolution else None
        return answer.value if answer else None

    @property
    def command(self) -> str:
        """The command that sets up this app alone."""
        words = ["dockgen", "new", self.request.path.as_posix()]
        words += ["--output", self.request.output.as_posix()] if self.request.output else []
        words += ["--set", self.program] if self.program else []
        return shlex.join(words)

    def open(self, why: str, *ways: str, askable: bool = True) -> App:
        """Return the app with what is not settled."""
        return replace(self, why=why, ways=ways, askable=askable)


def settled(app: App, surveyed: Survey) -> App:
    """Return an app with its answers, or with what is missing."""
    resolution = settle(surveyed, app.given)
    app = replace(app, survey=surveyed, resolution=resolution, why="", ways=())
    missing = resolution.unanswered
    if not missing:
        return app
    why = "; ".join(one.question.prompt for one in missing)
    if len(missing) == 1:
        return app.open(why, *(f"{app.command} --yes {_quoted(way)}" for way in missing[0].ways))
    return app.open(why, app.command, *("  or  ".join(one.ways) for one in missing))


def fitting(given: Given, stack: Stack) -> Given:
    """Return answers for one app of several: of those for all, what its stack has a question for."""
    known = {question.name for question in stack.questions}
    layers = [
        (_FOR_ALL[source], _only(values, known)) if source in _FOR_ALL else (source, values)
        for source, values in given.layers
    ]
    return replace(given, layers=tuple(layers))


def _only(values: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in known}


@contextmanager
def named(path: str) -> Iterator[None]:
    """Put the app's folder before what is said of an error inside."""
    try:
        yield
    except DockgenError as error:
        if path != OWN:
            error.message = f"{path}: {error.message}"
        raise


def _quoted(way: str) -> str:
    """Return `--set KEY=VALUE` as a shell takes it."""
    option, _, answer = way.partition(" ")
    return f"{option} {shlex.quote(answer)}"
