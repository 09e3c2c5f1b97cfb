"""Every question answered in turn: flags > answers file > dockgen.yaml > prompt > detected > default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dockgen.answers.choices import is_open, offered, refuse_excluded
from dockgen.answers.model import Answer, Choice, Given, Proposal, Resolution, Unanswered
from dockgen.answers.versions import propose_version
from dockgen.catalog import images
from dockgen.catalog.expression import build, condition, evaluate, names, placeholders
from dockgen.catalog.facts import values_of
from dockgen.catalog.question import Question
from dockgen.catalog.stack import Stack
from dockgen.errors import AnswerError, GivenError
from dockgen.project.facts import Fact

Ask = Callable[[Question, Proposal], Any]
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_MOST_PLACES = 3


def resolve(
    stack: Stack, facts: Mapping[str, Fact], project: Mapping[str, Any], given: Given, ask: Ask | None = None
) -> Resolution:
    """Settle every question of a stack; `ask` is the prompt, None where nobody can be asked.

    Raises AnswerError for an unknown name or an invalid value.
    """
    _refuse_unknown(stack, given)
    run = _Run(stack, facts, project, given, ask)
    for question in stack.questions:
        if condition(question.when, run.scope):
            run.settle(question)
        else:
            run.skip(question)
    return Resolution(stack, facts, run.answers, run.scope, tuple(run.unanswered), run.defaults)


def proposal_for(resolution: Resolution, question: Question) -> Proposal:
    """Return what would be proposed for a question, seen from settled answers."""
    run = _Run(resolution.stack, resolution.facts, resolution.scope["project"], Given(), None)
    run.scope.update(resolution.scope)
    return run.propose(question)


class _Run:
    def __init__(
        self,
        stack: Stack,
        facts: Mapping[str, Fact],
        project: Mapping[str, Any],
        given: Given,
        ask: Ask | None,
    ) -> None:
        self.stack, self.facts, self.given, self.ask = stack, facts, given, ask
        self.answers: dict[str, Answer] = {}
        self.defaults: dict[str, Any] = {}
        self.unanswered: list[Unanswered] = []
        self._values: dict[str, Any] = dict.fromkeys(question.name for question in stack.questions)
        self.scope: dict[str, Any] = {
            "facts": values_of(facts),
            "answers": self._values,
            "project": project,
            "data": stack.data,
            "image": (given.find("image") or ("", {}))[1],
            **dict.fromkeys(stack.tables),
        }

    def settle(self, question: Question) -> None:
        """Answer one question, or note that nothing does."""
        proposal = self.propose(question)
        self.defaults[question.name] = proposal.value
        found = self.given.find(question.name)
        if found:
            answer = Answer(question.name, self._given(question, found, proposal), found[0])
        else:
            answer = self._own(question, proposal)
        if answer.value in _EMPTY and (question.required or question.table):
            self.unanswered.append(Unanswered(question, proposal))
            return
        self._keep(question, answer)

    def _given(self, question: Question, found: tuple[str, Any], proposal: Proposal) -> Any:
        """Check an answer from outside; an error says where it stands."""
        try:
            refuse_excluded(question, found[1], proposal)
            return question.check(found[1], proposal.names)
        except AnswerError as error:
            place = self.given.place(found[0], question.name)
            raise GivenError(f"{place}: {error.message}", error.hint) from error

    def skip(self, question: Question) -> None:
        """A question that does not apply must not have been answered by a flag."""
        found = self.given.find(question.name)
        if found and found[0] == "--set":
            error = question.error("does not apply to this project with these answers", "leave it out")
            raise GivenError(error.message, error.hint)

    def _own(self, question: Question, proposal: Proposal) -> Answer:
        detected = proposal.value not in _EMPTY and bool(proposal.origin)
        if self.ask and question.ask and is_open(question, proposal, detected=detected):
            said = self.ask(question, proposal)
            checked = said if said in _EMPTY else question.check(said, proposal.names)
            return Answer(question.name, checked, "prompt")
        value = proposal.value
        if value not in _EMPTY:
            value = question.check(value, proposal.names)
        return Answer(question.name, value, "detected" if detected else "default", proposal.origin)

    def _keep(self, question: Question, answer: Answer) -> None:
        self.answers[question.name] = answer
        self._values[question.name] = answer.value
        if question.table:
            row = next(row for row in self.stack.tables[question.table] if row["name"] == answer.value)
            self.scope[question.table] = build(_plain(row), self.scope)

    def propose(self, question: Question) -> Proposal:
        """Return the value, the choices and the origin for a question as things stand."""
        if question.kind == "version":
            return propose_version(self.stack, self.facts, self.scope)
        choices = self._choices(question)
        if condition(question.ambiguous, self.scope) and question.ambiguous is not None:
            return Proposal(None, choices)
        if question.default is None and question.table:
            return self._from_table(question, choices)
        value = offered(question, build(question.default, self.scope), choices)
        told = _facts_in(question.default) if question.origins is None else question.origins
        cited = value if question.cites is None else build(question.cites, {**self.scope, "value": value})
        origin = "" if value in _EMPTY else self._origin(told, cited)
        return Proposal(value, choices, origin, build(question.excluded, self.scope) or {})

    def _choices(self, question: Question) -> tuple[Choice, ...]:
        if question.table:
            rows = [row for row in self.stack.tables[question.table] if self._available(row)]
            return tuple(Choice(str(row["name"]), str(row.get("title", ""))) for row in rows)
        listed = build(question.choices, self.scope) or []
        titles = listed if isinstance(listed, Mapping) else {}
        return tuple(Choice(str(item), str(titles.get(item, ""))) for item in listed)

    def _available(self, row: Mapping[str, Any]) -> bool:
        """A row is offered if its condition holds and every image that it needs is known or given."""
        if not condition(row.get("when"), self.scope):
            return False
        wanted = build(row.get("images", {}), self.scope)
        given = self.scope["image"]
        return all(
            name in given or images.find(images.ImageQuery.read(spec)) for name, spec in wanted.items()
        )

    def _from_table(self, question: Question, choices: tuple[Choice, ...]) -> Proposal:
        """The first available row that the project's own files call for, else the first available."""
        offered = {choice.name for choice in choices}
        for row in self.stack.tables[question.table or ""]:
            source = row.get("detected")
            if row["name"] not in offered or source is None:
                continue
            said = evaluate(source, self.scope) if isinstance(source, str) else source
            if said:
                told = row.get("from") or _facts_in(source, bare=True)
                return Proposal(
                    row["name"], choices, self._origin(told, row["name"] if said is True else said)
                )
        return Proposal(choices[0].name if choices else None, choices)

    def _origin(self, fact_names: Any, value: Any) -> str:
        """Return the places that say a value: several may say something, and it is what some of them say."""
        facts = [self.facts[name] for name in fact_names if name in self.facts]
        places = [one for fact in facts for one in fact.places]
        same = [origin for said, origin in places if str(said) == str(value)]
        texts = set(map(str, value)) if isinstance(value, list) else {str(value)}
        if isinstance(value, list) and not same:
            same = [origin for said, origin in places if texts & _texts(said)]
        else:
            same = same[:1]
        listed = [path for fact in facts for path in _paths(fact) if path in texts]
        cited = listed or same or [fact.origin for fact in facts if fact.origin][:1]
        shown = [*dict.fromkeys(map(str, cited))]
        return ", ".join(shown[:_MOST_PLACES]) + (" …" if len(shown) > _MOST_PLACES else "")


def _paths(fact: Fact) -> list[str]:
    """Return the paths that a fact lists: each is its own place."""
    listed = list(map(str, fact.value)) if isinstance(fact.value, list) else []
    return listed if fact.origin and fact.origin.line is None and fact.origin.path in listed else []


def _texts(said: Any) -> set[str]:
    return set(map(str, said if isinstance(said, list) else [said]))


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("when", "detected", "from")}


def _facts_in(node: Any, *, bare: bool = False) -> list[str]:
    """Names of the facts that an expression, or a string with expressions, reads."""
    if not isinstance(node, str):
        return []
    sources = [node] if bare else placeholders(node)
    return sorted(
        {field for source in sources for owner, field in names(source) if owner == "facts" and field}
    )


def _refuse_unknown(stack: Stack, given: Given) -> None:
    known = {question.name for question in stack.questions} | {"stack"}
    for name, source in given.names().items():
        if name not in known:
            import difflib

            close = difflib.get_close_matches(name, known, n=3)
            hint = (
                f"did you mean {' or '.join(close)}?"
                if close
                else f"`dockgen stacks show {stack.name}` lists them"
            )
            raise GivenError(f"{given.place(source, name)}: {stack.name} has no answer named {name!r}", hint)
