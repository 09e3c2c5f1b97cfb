"""`dockgen new --each` as a function: every app of a repository by the same pipeline, written as one set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dockgen.answers.model import Resolution
from dockgen.errors import AnswerError, PlanError
from dockgen.records import record, replace
from dockgen.setup import answers_file
from dockgen.setup.app import OWN, App, named
from dockgen.setup.apps import EACH, Found, find
from dockgen.setup.generate import Generated, generate
from dockgen.setup.new import Outcome, Request, outcome_of, prospect, refused
from dockgen.setup.survey import Survey
from dockgen.setup.target import Target, refuse_to_replace, write_set

if TYPE_CHECKING:
    from dockgen.setup.each_dialogue import EachDialogue

# They say what only one app of several can be.
_FOR_ONE = ("stack", "name", "dockerfile", "context")


@record
class EachOutcome:
    """What came of each app that was taken, and what was found besides; all of it was written, or nothing.

    `left` are the apps that were not taken as something of them is not settled.
    """

    apps: tuple[tuple[App, Outcome], ...]
    left: tuple[App, ...]
    found: Found
    request: Request

    @property
    def written(self) -> bool:
        """Whether the files are in place now."""
        return all(outcome.written for _, outcome in self.apps)

    @property
    def refused(self) -> tuple[tuple[App, Outcome], ...]:
        """The apps of which the linter refused the files."""
        return tuple((app, outcome) for app, outcome in self.apps if outcome.faults)

    @property
    def exit_code(self) -> int:
        """1 where the linter refused any, else 0."""
        return 1 if self.refused else 0


def create_each(
    request: Request, skip: Sequence[str] = (), dialogue: EachDialogue | None = None
) -> EachOutcome:
    """Run `dockgen new` for each app of a folder but those to `skip`.

    Raises DockgenError with exit code 2 where something is missing, wrong or in the way of any app; nothing
    is written then. Where the linter refuses an app, its outcome carries the findings and nothing is written.
    """
    _refuse_answers_for_one(request)
    Target.open(request.path, mend=request.write)
    found = _without(find(request), skip)
    made, left = _made(request, _taken(request, found, dialogue), dialogue)
    left = [*(app for app in found.open if not (dialogue and app.askable)), *left]
    if request.strict:
        _refuse_warnings(made, left)
    if not made:
        raise AnswerError("none of the apps is certain; nothing was written", _listed(left))
    if dialogue:
        dialogue.confirm(len(made))
    return EachOutcome(_finish(request, made), tuple(left), found, request)


def _refuse_answers_for_one(request: Request) -> None:
    if request.output:
        raise AnswerError(
            f"{EACH} writes beside each app, and --output is one folder",
            "leave one of them out; for one app: dockgen new PATH --output DIR",
        )
    given = answers_file.read_outside(request.answers, request.flags)
    for name in _FOR_ONE:
        if name in given:
            raise AnswerError(
                f"{name} differs from app to app, and {EACH} gives an answer to all of them",
                f"set it for one: dockgen new PATH --set {name}=…; {answers_file.NAME} keeps it",
            )


def _without(found: Found, skip: Sequence[str]) -> Found:
    """Return what was found without the apps to skip; raise AnswerError where there is no such app."""
    unwanted = {folder.removeprefix("./").rstrip("/") or OWN for folder in skip}
    paths = {app.path for app in found.apps}
    for folder in sorted(unwanted - paths):
        known = ", ".join(sorted(paths)) or "none"
        raise AnswerError(f"--skip {folder}: no app was found there", f"the apps are: {known}")
    return replace(found, apps=tuple(app for app in found.apps if app.path not in unwanted))


def _taken(request: Request, found: Found, dialogue: EachDialogue | None) -> Sequence[App]:
    """Return the apps to set up: those that are ticked, or with --yes all that are certain."""
    if not found.apps:
        where = "" if request.path.as_posix() == OWN else f" in {request.path.as_posix()}"
        raise AnswerError(
            f"no app was found{where}", "name the folder of one: dockgen new PATH asks for what it cannot see"
        )
    if dialogue:
        return dialogue.ticked(found)
    if not request.yes:
        listed = "\n  ".join(_line(app) for app in found.apps)
        raise AnswerError(
            f"found, and nobody there to ask: {len(found.apps)} apps; nothing was written",
            f"{listed}\n  --yes takes all that are certain, --skip PATH leaves one out",
        )
    return found.certain


def _listed(apps: Sequence[App]) -> str:
    return "\n  ".join(line for app in apps for line in (_line(app), *(f"  {way}" for way in app.ways)))


def _line(app: App) -> str:
    return ": ".join(part for part in (app.path, app.title, app.why) if part)


def _made(
    request: Request, apps: Sequence[App], dialogue: EachDialogue | None
) -> tuple[list[tuple[App, Generated]], list[App]]:
    """Return what is made of each app, and the apps of which nothing can be made as they are."""
    made: list[tuple[App, Generated]] = []
    left: list[App] = []
    for app in apps:
        try:
            with named(app.path):
                one, survey, resolution = _answered(request, app, dialogue)
                if survey and resolution:
                    made.append((one, _generated(one.request, survey, resolution)))
        except PlanError as error:
            left.append(app.open(error.message.removeprefix(f"{app.path}: "), error.hint, askable=False))
    return made, left


def _answered(
    request: Request, app: App, dialogue: EachDialogue | None
) -> tuple[App, Survey | None, Resolution | None]:
    if dialogue is None:
        return app, app.survey, app.resolution
    return dialogue.settle(app, _target(request, app))


def _generated(request: Request, survey: Survey, resolution: Resolution) -> Generated:
    return generate(survey, resolution, request.today, request.templates, output=request.apart)


def _refuse_warnings(made: Sequence[tuple[App, Generated]], left: Sequence[App]) -> None:
    """Stop --strict at what else is only a warning, an app that is not settled among it."""
    for app in left:
        raise PlanError(f"--strict: {app.path} is not settled: {app.why}", "\n  ".join(app.ways))
    for app, generated in made:
        for notice in generated.notices:
            if notice.strict:
                raise PlanError(f"--strict: {app.path}: {notice.message}", notice.hint)


def _finish(request: Request, made: Sequence[tuple[App, Generated]]) -> tuple[tuple[App, Outcome], ...]:
    targets = [_target(request, app) for app, _ in made]
    pairs = [(app, generated, target) for (app, generated), target in zip(made, targets, strict=True)]
    if any(generated.findings for _, generated in made):
        return tuple((app, _unwritten(app, generated, target)) for app, generated, target in pairs)
    parts = [prospect(app.request, target, generated) for app, generated, target in pairs]
    refuse_to_replace(
        [part for (app, _), part in zip(made, parts, strict=True) if not app.request.force],
        whole=request.diff,
    )
    backups = write_set(request.path, parts) if request.write else [{} for _ in parts]
    return tuple(
        (app, outcome_of(app.request, generated, part, kept))
        for (app, generated), part, kept in zip(made, parts, backups, strict=True)
    )


def _target(request: Request, app: App) -> Target:
    return Target.open(app.request.folder, "" if app.path == OWN else app.path, mend=request.write)


def _unwritten(app: App, generated: Generated, target: Target) -> Outcome:
    """Return what came of an app where the linter refused it, or another one with it."""
    if generated.findings:
        return refused(app.request, target, generated)
    request = replace(app.request, write=False)
    return outcome_of(request, generated, prospect(request, target, generated), {})
