"""What a prompt shows, and what it takes."""

from types import SimpleNamespace

import pytest
import questionary

from dockgen.answers import prompts
from dockgen.answers.model import Choice, Proposal
from dockgen.catalog.question import Question
from dockgen.errors import AnswerError


class Shown:
    """Stands in for questionary's prompts: keeps what would be shown, and answers."""

    def __init__(self, answer: object) -> None:
        self.answer, self.message, self.options = answer, "", {}  # type: ignore[var-annotated]
        self.application = SimpleNamespace(erase_when_done=False)

    def __call__(self, message: str, **options: object) -> "Shown":
        self.message, self.options = message, options
        return self

    def unsafe_ask(self) -> object:
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


def shown(monkeypatch: pytest.MonkeyPatch, kind: str, answer: object) -> Shown:
    made = Shown(answer)
    monkeypatch.setattr(questionary, kind, made)
    return made


def question(**node: object) -> Question:
    return Question.read("q", {"prompt": "Which", **node})


def test_what_was_found_is_the_default_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = shown(monkeypatch, "text", "8080")
    assert prompts.ask(question(type="integer"), Proposal(8080, (), "main.go:3")) == "8080"
    assert (seen.message, seen.options["default"]) == ("Which (found in main.go:3)", "8080")


def test_an_answer_is_checked_at_the_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = shown(monkeypatch, "text", "1")
    prompts.ask(question(type="integer", minimum=1, maximum=9), Proposal(None))
    valid = seen.options["validate"]
    assert callable(valid)
    assert valid("5") is True
    assert valid("") is True
    assert valid("x") == "'x' is not a whole number (from 1 to 9)"


def test_what_is_required_must_not_be_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = shown(monkeypatch, "text", "a")
    prompts.ask(question(required=True), Proposal(None))
    valid = seen.options["validate"]
    assert callable(valid)
    assert "must not be empty" in str(valid(""))


def test_a_choice_of_nothing_is_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = shown(monkeypatch, "text", "api")
    assert prompts.ask(question(type="choice", required=True), Proposal(None)) == "api"
    assert seen.message == "Which"


def test_several_are_ticked_where_they_are_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = shown(monkeypatch, "checkbox", ["b"])
    choices = (Choice("a", "one line"), Choice("b"))
    several = question(type="list", choices=["a", "b"])
    assert prompts.ask(several, Proposal(["a"], choices)) == ["b"]
    options = seen.options["choices"]
    assert isinstance(options, list)
    assert [(one.title, one.value, one.checked) for one in options] == [
        ("a  one line", "a", True),
        ("b", "b", False),
    ]


def test_the_end_of_the_input_is_a_sentence_and_ctrl_c_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    shown(monkeypatch, "confirm", EOFError())
    with pytest.raises(AnswerError, match="the input ended before the last question"):
        prompts.ask(question(type="boolean"), Proposal(True))
    shown(monkeypatch, "confirm", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        prompts.ask(question(type="boolean"), Proposal(True))
