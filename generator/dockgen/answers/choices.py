"""What a question's choices allow: whether there is one to make, and which must not be made."""

from __future__ import annotations

from typing import Any

from dockgen.answers.model import Choice, Proposal
from dockgen.catalog.question import Question


def is_open(question: Question, proposal: Proposal, *, detected: bool) -> bool:
    """Whether there is something to ask: what was found in the project is taken, a single choice too."""
    if question.chooses_several:
        return bool(proposal.choices)
    return not detected and len(proposal.choices) != 1


def offered(question: Question, value: Any, choices: tuple[Choice, ...]) -> Any:
    """Return as much of a default as is among the choices."""
    names = [choice.name for choice in choices]
    if question.chooses_several:
        return [entry for entry in value or [] if entry in names]
    return None if choices and value not in names else value


def refuse_excluded(question: Question, value: Any, proposal: Proposal) -> None:
    """Raise AnswerError with the reason for what must not be chosen."""
    if not proposal.excluded:
        return
    converted = question.convert(value)
    for entry in converted if isinstance(converted, list) else [converted]:
        if entry in proposal.excluded:
            raise question.error(f"{entry} stays out: {proposal.excluded[entry]}", "leave it out")
