"""The conversation at a terminal: questions, then a summary to confirm or to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from dockgen.answers.model import Answer, Given, Proposal, Resolution
from dockgen.answers.resolve import Ask, proposal_for
from dockgen.answers.text import as_text
from dockgen.catalog.question import Question
from dockgen.errors import AnswerError
from dockgen.report.terminal import printable
from dockgen.setup.generate import settle
from dockgen.setup.survey import Survey

WRITE, CANCEL = "write", "cancel"
PROMPT = "prompt"
Choose = Callable[[str, Sequence[tuple[str, str]]], str]


class CancelledError(AnswerError):
    """The user chose not to write."""


class Dialogue:
    """One conversation over two prompts; answers given once are not asked again when others change."""

    def __init__(self, ask: Ask, choose: Choose) -> None:
        self._prompt, self._choose = ask, choose
        self._answers: dict[str, Any] = {}

    def settle(self, survey: Survey, given: Given) -> Resolution:
        """Ask until the user is content with the summary; raises CancelledError where they are not."""
        while True:
            resolution = self._round(survey, given)
            chosen = self._choose("Go on?", _options(resolution))
            if chosen == WRITE:
                return resolution
            if chosen == CANCEL:
                raise CancelledError("cancelled; nothing was written")
            self._change(resolution, chosen)

    def stack(self, candidates: Iterable[str]) -> str:
        """Let the stack be chosen where the evidence does not settle it."""
        return self._choose("Which stack is it?", [(name, name) for name in candidates])

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


def _options(resolution: Resolution) -> list[tuple[str, str]]:
    changes = [
        (answer.name, f"change {answer.name}: {_shown(answer)}")
        for answer in resolution.answers.values()
        if answer.name not in ("dockerfile", "name")
    ]
    return [(WRITE, "write the files"), *changes, (CANCEL, "cancel, write nothing")]


def _shown(answer: Answer) -> str:
    value = printable(as_text(answer.value)) or "–"
    return f"{value} ({printable(answer.origin)})" if answer.origin else value
