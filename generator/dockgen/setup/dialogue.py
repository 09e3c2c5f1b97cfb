"""The conversation at a terminal: questions, then a summary to confirm or to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dockgen.answers.menu import cut, menu
from dockgen.answers.model import Answer, Given, Proposal, Resolution
from dockgen.answers.resolve import Ask, proposal_for
from dockgen.answers.text import as_text
from dockgen.catalog.question import Question
from dockgen.errors import AnswerError
from dockgen.records import record, replace
from dockgen.report.terminal import printable
from dockgen.setup.discretion import shown
from dockgen.setup.generate import settle
from dockgen.setup.survey import Survey

WRITE, REPLACE, CANCEL, BACK = "write", "replace", "cancel", "back"
_HIDDEN = ("dockerfile", "name", "context")
_EMPTY: tuple[Any, ...] = (None, "", [], {})
PROMPT = "prompt"
Choose = Callable[[str, Sequence[tuple[str, str]]], str]


@record
class Prospect:
    """What would be written: the files' names, and which of them somebody else wrote or edited."""

    names: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()


class CancelledError(AnswerError):
    """The user chose not to write."""


Foresee = Callable[[Resolution], Prospect]


class Dialogue:
    """One conversation over two prompts; answers given once are not asked again when others change.

    `say` prints a line. `replacing` tells afterwards that files which are not dockgen's may be replaced.
    `content` is the choice by which the user goes on, where that does not write the files yet.
    """

    def __init__(
        self, ask: Ask, choose: Choose, say: Callable[[str], object] = str, content: str = ""
    ) -> None:
        self._prompt, self._choose, self._say, self._content = ask, choose, say, content
        self.replacing = False
        self._answers: dict[str, Any] = {}

    def settle(self, survey: Survey, given: Given, foresee: Foresee | None = None) -> Resolution:
        """Ask until the user is content with the summary; raises CancelledError where they are not.

        `foresee` tells what would be written with the answers so far.
        """
        self._say(_found(survey))
        while True:
            resolution = self._round(survey, given)
            prospect = foresee(resolution) if foresee else Prospect()
            chosen = self._choose(*_summary(resolution, prospect, self._content))
            if chosen in (WRITE, REPLACE):
                self.replacing = chosen == REPLACE
                return resolution
            if chosen == CANCEL:
                raise CancelledError("cancelled; nothing was written")
            name = self._choose(f"Change what of {chosen}?", _options(resolution, chosen))
            if name != BACK:
                self._change(resolution, name)

    def stack(self, candidates: Mapping[str, str], why: str = "") -> str:
        """Let the stack be chosen where the evidence does not settle it; each with what speaks for it.

        `why` says what is the matter.
        """
        lines = menu([(name, printable(reason)) for name, reason in candidates.items()])
        said = f" ({printable(why)})" if why else ""
        return self._choose(f"Which stack is it?{said}", list(zip(candidates, lines, strict=True)))

    def member(self, candidates: Iterable[str]) -> str:
        """Let the member of a workspace be chosen where its root is no app itself."""
        return self._choose(
            "Which member of the workspace? (all: dockgen new --each)", [(path, path) for path in candidates]
        )

    def _round(self, survey: Survey, given: Given) -> Resolution:
        # What was said at the prompt wins over dockgen.yaml, and over a flag once it was changed here.
        layers = ((PROMPT, dict(self._answers)), *given.layers)
        resolution = settle(survey, Given(layers), self._ask)
        while resolution.unanswered:
            for open_question in resolution.unanswered:
                self._ask(open_question.question, open_question.proposal)
            resolution = settle(survey, Given(((PROMPT, dict(self._answers)), *given.layers)), self._ask)
        return resolution

    def _ask(self, question: Question, proposal: Proposal) -> Any:
        self._answers[question.name] = self._prompt(question, proposal)
        return self._answers[question.name]

    def _change(self, resolution: Resolution, name: str) -> None:
        question = next(question for question in resolution.stack.questions if question.name == name)
        proposal = proposal_for(resolution, question)
        self._ask(question, replace(proposal, value=resolution.answers[name].value))


def _groups(resolution: Resolution) -> dict[str, list[Answer]]:
    """Return the answers that can be changed as they may be shown, by the questions' groups."""
    groups: dict[str, list[Answer]] = {}
    for question in resolution.stack.questions:
        if question.name in resolution.answers and question.name not in _HIDDEN:
            if question.chooses_several and not proposal_for(resolution, question).choices:
                continue
            answer = resolution.answers[question.name]
            safe = replace(answer, value=shown(answer, resolution.answers))
            groups.setdefault(question.group or "other", []).append(safe)
    return groups


def _found(survey: Survey) -> str:
    """What the project was found to be, and by what."""
    name = survey.stack.header.name
    told = [one.evidence[0].says for one in survey.detection.candidates if one.header.name == name]
    return printable(f"{survey.stack.header.title}{f': {told[0]}' if told else ''}")


def _summary(resolution: Resolution, prospect: Prospect, content: str) -> tuple[str, list[tuple[str, str]]]:
    """The menu: write, or change a group of answers, which shows what is settled in it.

    Where a file is not dockgen's, the way that Enter goes leaves it alone.
    """
    groups = _groups(resolution)
    lines = menu([(f"change {group}", _said(answers)) for group, answers in groups.items()])
    changes = list(zip(groups, lines, strict=True))
    names = ", ".join(name for name in prospect.names if name not in prospect.blocked)
    if prospect.blocked:
        kept = ", ".join(prospect.blocked)
        replaced = (REPLACE, cut(f"replace {kept} (a backup is kept), write {names}"))
        message = f"Go on? Not dockgen's: {kept}."
        return message, [(CANCEL, "cancel, write nothing"), replaced, *changes]
    return "Go on?", [
        (WRITE, content or cut(f"write {names or 'the files'}")),
        *changes,
        (CANCEL, "cancel, write nothing"),
    ]


def _said(answers: Sequence[Answer]) -> str:
    said = [f"{a.name} {printable(as_text(a.value))}" for a in answers if a.value not in (*_EMPTY, False)]
    return ", ".join(said) or "nothing set"


def _options(resolution: Resolution, group: str) -> list[tuple[str, str]]:
    answers = _groups(resolution)[group]
    lines = menu([(answer.name, _shown(answer)) for answer in answers])
    changes = [(answer.name, line) for answer, line in zip(answers, lines, strict=True)]
    return [(BACK, "back, change nothing"), *changes]


def _shown(answer: Answer) -> str:
    value = printable(as_text(answer.value)) or "–"
    return f"{value} ({printable(answer.origin)})" if answer.origin else value
