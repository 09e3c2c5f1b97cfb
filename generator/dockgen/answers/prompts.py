"""The prompts: the only module that knows questionary.

`unsafe_ask` because `ask` swallows Ctrl-C and the next question would appear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import questionary

from dockgen.answers.menu import menu
from dockgen.answers.model import Proposal
from dockgen.answers.text import as_text
from dockgen.catalog.question import Question
from dockgen.errors import AnswerError
from dockgen.report.terminal import printable

_ANSWERED = "fg:#FF9D00 bold"
"""As questionary shows answers."""
_TICK = "(space ticks, Enter goes on)"


def ask(question: Question, proposal: Proposal) -> Any:
    """Ask one question at the terminal and return the raw answer.

    Raises KeyboardInterrupt on Ctrl-C and AnswerError where the input ends.
    """
    prompt = _PROMPTS.get(question.kind, _text)(question, proposal)
    return _asked(prompt, _message(question, proposal))


def choose(message: str, choices: Sequence[tuple[str, str]]) -> str:
    """Let one of (value, title) be chosen; the first is proposed."""
    options = [questionary.Choice(title, value) for value, title in choices]
    chosen: str = _asked(_briefly(questionary.select(message, choices=options)), message)
    return chosen


def tick(message: str, choices: Sequence[tuple[str, str]]) -> list[str]:
    """Let any of (value, title) be chosen; all are proposed."""
    options = [questionary.Choice(title, value, checked=True) for value, title in choices]
    prompt = questionary.checkbox(message, choices=options, instruction=_TICK)
    chosen: list[str] = _asked(_briefly(prompt), message)
    return chosen


def say(line: str) -> None:
    """Show a line between the prompts."""
    questionary.print(f"\n{line}", style="bold")


def _asked(prompt: questionary.Question, message: str) -> Any:
    try:
        answer = prompt.unsafe_ask()
    except EOFError as error:
        raise AnswerError(
            "the input ended before the last question", "use --yes or --set key=value"
        ) from error
    if prompt.application.erase_when_done:
        questionary.print(f"? {message} ", style="bold", end="")
        questionary.print(printable(as_text(answer)) or "none", style=_ANSWERED)
    return answer


def _briefly(prompt: questionary.Question) -> questionary.Question:
    """Of a menu only the answer stays on screen, not the whole line that was chosen."""
    prompt.application.erase_when_done = True
    return prompt


def _choice(question: Question, proposal: Proposal) -> questionary.Question:
    if not proposal.choices:
        return _text(question, proposal)
    options = [questionary.Choice(line, name) for name, line in _lines(proposal)]
    message = _message(question, proposal)
    return _briefly(
        questionary.select(message, choices=options, default=proposal.value, use_search_filter=False)
    )


def _several(question: Question, proposal: Proposal) -> questionary.Question:
    if not proposal.choices:
        return _text(question, proposal)
    options = [
        questionary.Choice(line, name, checked=name in proposal.value) for name, line in _lines(proposal)
    ]
    message = _message(question, proposal)
    return _briefly(questionary.checkbox(message, choices=options, instruction=_TICK))


def _lines(proposal: Proposal) -> list[tuple[str, str]]:
    names = [choice.name for choice in proposal.choices]
    return list(zip(names, menu([(choice.name, choice.title) for choice in proposal.choices]), strict=True))


def _boolean(question: Question, proposal: Proposal) -> questionary.Question:
    return questionary.confirm(_message(question, proposal), default=bool(proposal.value))


def _text(question: Question, proposal: Proposal) -> questionary.Question:
    return questionary.text(
        _message(question, proposal),
        default=as_text(proposal.value),
        validate=_validator(question),
        instruction=question.help or None,
    )


def _message(question: Question, proposal: Proposal) -> str:
    return f"{question.prompt} (found in {proposal.origin})" if proposal.origin else question.prompt


def _validator(question: Question) -> Callable[[str], bool | str]:
    def valid(text: str) -> bool | str:
        if not text and not question.required:
            return True
        try:
            question.check(text)
        except AnswerError as error:
            reason = error.message.removeprefix(f"answer {question.name}: ")
            return f"{reason} ({error.hint})" if error.hint else reason
        return True

    return valid


_PROMPTS: dict[str, Callable[[Question, Proposal], questionary.Question]] = {
    "choice": _choice,
    "version": _choice,
    "boolean": _boolean,
    "list": _several,
}
