"""`dockgen new` as a function: survey, settle, generate, refuse or write."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dockgen.answers.model import Given, Proposal, Resolution, Unanswered
from dockgen.catalog.question import Question
from dockgen.counting import counted
from dockgen.errors import AnswerError, PlanError
from dockgen.records import field, record, replace
from dockgen.setup import answers_file
from dockgen.setup.draft import Drafter
from dockgen.setup.faults import Fault, faults_of
from dockgen.setup.generate import Generated, generate, names_of, settle
from dockgen.setup.lock_file import LOCK_NAME, lock_of
from dockgen.setup.survey import AmbiguousError, Survey, stack_named, survey
from dockgen.setup.target import FileState, Part, Target, refuse_to_replace, write_set
from dockgen.setup.workspace import MembersError

if TYPE_CHECKING:
    from dockgen.setup.dialogue import Dialogue, Prospect


@record
class Request:
    """What the user asked for; `today` decides what is at its end of life."""

    path: Path
    today: datetime.date
    flags: tuple[str, ...] = ()
    answers: Path | None = None
    output: Path | None = None
    yes: bool = False
    write: bool = True
    diff: bool = False
    force: bool = False
    strict: bool = False
    stacks: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the files go; the project itself by whatever name is the project."""
        if self.output is None or self.output.resolve() == self.path.resolve():
            return self.path
        return self.output

    @property
    def apart(self) -> Path | None:
        """The folder where the files go, None where that is the project's own."""
        return None if self.folder == self.path else self.folder


@record
class Outcome:
    """What came of it: `written` says whether the files are in `folder` now.

    Where the linter refused, `faults` say of each finding which answer made it, and nothing else here holds
    a secret that was among the answers.
    """

    generated: Generated
    files: tuple[FileState, ...]
    written: bool
    folder: Path
    backups: Mapping[str, str] = field(default_factory=dict)
    diff: str = ""
    faults: Sequence[Fault] = ()

    @property
    def exit_code(self) -> int:
        """1 where the linter refused, else 0."""
        return 1 if self.faults else 0


class UnansweredError(AnswerError):
    """Questions that nobody answered; `ways` are the flags that would."""

    def __init__(self, unanswered: Sequence[Unanswered]) -> None:
        self._unanswered = tuple(unanswered)
        lines = []
        for open_question in unanswered:
            ways = "  or  ".join(open_question.ways)
            lines.append(f"{open_question.question.prompt}\n      {ways}")
        super().__init__(
            f"{counted(len(lines), 'question')} without an answer; nothing was written",
            "\n  ".join(lines),
        )

    @property
    def details(self) -> dict[str, Any]:
        """The questions with their choices, and the flags that settle each."""
        return {
            "questions": [
                {
                    "name": one.question.name,
                    "prompt": one.question.prompt,
                    "choices": one.proposal.names,
                    "ways": one.ways,
                }
                for one in self._unanswered
            ]
        }


def create(request: Request, dialogue: Dialogue | None = None, drafter: Drafter | None = None) -> Outcome:
    """Run the whole of `dockgen new`; `dialogue` is there where somebody can be asked.

    `drafter` renders and lints, where that is not done in this process.

    Raises DockgenError with exit code 2 where something is missing, wrong or in the way; nothing is
    written then. Where the linter refuses, the outcome carries its findings and nothing is written.
    """
    for folder in request.templates:
        if not folder.is_dir():
            raise AnswerError(
                f"--templates {folder}: there is no such folder", "name one that holds templates"
            )
    target = Target.open(request.folder, mend=request.write)
    given, stack = answers_given(request)
    try:
        surveyed = survey_of(request, given, stack, dialogue)
    except MembersError as error:
        if dialogue is None:
            raise
        member = dialogue.member(error.candidates)
        return create(replace(request, path=request.path / member), dialogue, drafter)
    if dialogue:
        resolution = dialogue.settle(surveyed, given, lambda said: foreseen(request, target, surveyed, said))
        request = replace(request, force=request.force or dialogue.replacing)
    else:
        resolution = _settled(request, surveyed, given)
    generated = generate(
        surveyed, resolution, request.today, request.templates, output=request.apart, drafter=drafter
    )
    if request.strict and (grave := [notice for notice in generated.notices if notice.strict]):
        raise PlanError(f"--strict: {grave[0].message}", grave[0].hint)
    return _finish(request, target, generated)


def answers_given(request: Request) -> tuple[Given, str | None]:
    """Return the answers from outside a request comes with, and the stack that they name."""
    there = (request.folder / answers_file.NAME).exists()
    saved = answers_file.read_saved(request.folder if there else request.path)
    flags = answers_file.read_flags(request.flags)
    file = answers_file.read_answers(request.answers) if request.answers else {}
    stack = flags.get("stack") or file.get("stack") or saved.stack
    layers = (("--set", flags), ("answers file", file), (answers_file.NAME, saved.answers))
    places = {answers_file.NAME: saved.places}
    if request.answers:
        places["answers file"] = answers_file.read_places(request.answers)
    given = Given(layers, places)
    if stack:
        _refuse_unknown(request, given, str(stack), saved.stack)
    return given, str(stack) if stack else None


def _refuse_unknown(request: Request, given: Given, stack: str, saved: str | None) -> None:
    """Raise AnswerError where no stack has that name, with the place that says it."""
    found = given.find("stack")
    source = found[0] if found else answers_file.NAME if stack == saved else "--set"
    try:
        stack_named(stack, request.stacks)
    except AnswerError as error:
        raise AnswerError(f"{given.place(source, 'stack')}: {error.message}", error.hint) from error


def survey_of(request: Request, given: Given, stack: str | None, dialogue: Dialogue | None) -> Survey:
    """Read the project, letting the stack be chosen where it is not clear and somebody can be asked."""
    named = given.find("context")
    context = None if named is None else str(named[1])
    try:
        return survey(request.path, stack, request.stacks, context)
    except AmbiguousError as error:
        if dialogue is None:
            raise
        return survey(request.path, dialogue.stack(error.candidates, error.asked), request.stacks, context)


def foreseen(request: Request, target: Target, surveyed: Survey, resolution: Resolution) -> Prospect:
    """Return what would be written; nothing is known where the answers do not add up yet."""
    from dockgen.setup.dialogue import Prospect

    try:
        names = (*names_of(surveyed, resolution, request.apart), answers_file.NAME, LOCK_NAME)
    except PlanError:
        return Prospect()
    may = request.force or not request.write
    return Prospect(names, () if may else target.blocking(names))


def _settled(request: Request, surveyed: Survey, given: Given) -> Resolution:
    """Settle without asking: `--yes` takes the defaults, otherwise every question must have an answer."""
    asked: list[Unanswered] = []

    def note(question: Question, proposal: Proposal) -> Any:
        asked.append(Unanswered(question, proposal))
        return proposal.value

    resolution = settle(surveyed, given, None if request.yes else note)
    unanswered = {one.question.name: one for one in [*resolution.unanswered, *asked]}
    if unanswered:
        raise UnansweredError(list(unanswered.values()))
    return resolution


def _finish(request: Request, target: Target, generated: Generated) -> Outcome:
    if generated.findings:
        return refused(request, target, generated)
    part = prospect(request, target, generated)
    if not request.force:
        refuse_to_replace([part], whole=request.diff)
    backups = write_set(request.folder, [part]) if request.write else [{}]
    return outcome_of(request, generated, part, backups[0])


def outcome_of(request: Request, generated: Generated, part: Part, backups: Mapping[str, str]) -> Outcome:
    """Return what came of files that could be written."""
    diff = part.diff() if request.diff else ""
    return Outcome(generated, part.states, request.write, request.folder, backups, diff)


def refused(request: Request, target: Target, generated: Generated) -> Outcome:
    """Return what came of files that the linter holds something against."""
    from dockgen.setup import discretion

    variables = discretion.refused_variables(generated)
    safe = discretion.concealed(generated, request.templates, request.apart)
    part = prospect(request, target, safe)
    diff = discretion.without_secrets(part.diff(), variables) if request.diff else ""
    return Outcome(safe, part.states, False, request.folder, diff=diff, faults=faults_of(generated))


def prospect(request: Request, target: Target, generated: Generated) -> Part:
    """Return all files that would be written, and what that would do to each."""
    replaced = generated.files if request.folder == request.path else ()
    files = {**generated.files, answers_file.NAME: _saved_text(target, generated, replaced)}
    files[LOCK_NAME] = lock_of(generated, request.folder, request.templates)
    return Part(target, files, target.states(files))


def _saved_text(target: Target, generated: Generated, replaced: Collection[str]) -> str:
    """The text of dockgen.yaml; what the user wrote stays as it is where it says the same."""
    stack, answers = generated.survey.stack.name, generated.resolution.differing(replaced)
    there = target.text(answers_file.NAME)
    if there is not None and answers_file.says_the_same(there, stack, answers):
        return there
    return answers_file.dump_saved(stack, answers)
