"""An answer with where it came from, and what stays unanswered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dockgen.catalog.question import Question
from dockgen.catalog.stack import Stack
from dockgen.project.facts import Fact
from dockgen.records import field, record


@record
class Choice:
    """One of a question's choices; `title` is what a person reads."""

    name: str
    title: str = ""


@record
class Proposal:
    """What dockgen would answer itself: the value, the choices, and the place that it was read from.

    `excluded` says of what must not be chosen why.
    """

    value: Any
    choices: tuple[Choice, ...] = ()
    origin: str = ""
    excluded: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The choices' names."""
        return [choice.name for choice in self.choices]


@record
class Answer:
    """A settled answer; `source` is --set, answers file, dockgen.yaml, prompt, detected or default."""

    name: str
    value: Any
    source: str
    origin: str = ""


@record
class Unanswered:
    """A required question that nothing answers."""

    question: Question
    proposal: Proposal

    @property
    def ways(self) -> list[str]:
        """The `--set` that settles it, once per choice; all or none where several can be chosen."""
        values = self.proposal.names or ["…"]
        if self.question.chooses_several:
            values = [",".join(values), ""]
        return [f"--set {self.question.name}={value}" for value in values]


@record
class Given:
    """Answers from outside by precedence, first wins: (name of the source, values).

    `places` says for a source that is a file on which line each name stands, as `file:line`.
    """

    layers: Sequence[tuple[str, Mapping[str, Any]]] = ()
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, name: str) -> tuple[str, Any] | None:
        """Return the source and value that count for a question."""
        return next(((source, values[name]) for source, values in self.layers if name in values), None)

    def place(self, source: str, name: str) -> str:
        """Return where an answer stands, as exactly as is known."""
        return self.places.get(source, {}).get(name, source)

    def names(self) -> dict[str, str]:
        """Return every name given, with its source."""
        return {name: source for source, values in reversed(self.layers) for name in values}


@record
class Resolution:
    """All answers of one run, the rows of tables they chose, and what is still open."""

    stack: Stack
    facts: Mapping[str, Fact]
    answers: Mapping[str, Answer]
    scope: Mapping[str, Any]
    unanswered: tuple[Unanswered, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def differing(self, replaced: Collection[str] = ()) -> dict[str, Any]:
        """Return what dockgen.yaml keeps: the answers that differ from what dockgen would choose next time.

        What was read from a file that is about to be `replaced` is among them: nothing will tell it then.
        """
        return {
            name: answer.value for name, answer in self.answers.items() if self._differs(answer, replaced)
        }

    def _differs(self, answer: Answer, replaced: Collection[str]) -> bool:
        if answer.source == "detected":
            return any(place.partition(":")[0] in replaced for place in answer.origin.split(", "))
        return answer.source != "default" and answer.value != self.defaults.get(answer.name)
