"""Who answers a question: flags, the answers file, dockgen.yaml, the prompt, what was found, the default."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dockgen.answers.model import Given, Proposal, Resolution
from dockgen.answers.resolve import Ask, proposal_for, resolve
from dockgen.catalog.question import Question
from dockgen.catalog.stack import load_stack
from dockgen.errors import AnswerError
from dockgen.project.facts import Fact, Origin
from dockgen.resources import bundled

QUESTIONS: Mapping[str, Mapping[str, Any]] = {
    "port": {"type": "integer", "minimum": 1, "maximum": 65535, "default": "{{ facts.port or 80 }}"},
    "main": {
        "type": "choice",
        "choices": "{{ facts.names }}",
        "default": "{{ only(facts.names) }}",
        "required": True,
    },
    "worker": {"type": "boolean", "default": False, "ask": False},
    "queue": {"default": "jobs", "when": "answers.worker", "pattern": "[a-z]+", "help": "small letters"},
    "files": {
        "type": "list",
        "choices": "{{ project.files }}",
        "excluded": "{{ project.secret }}",
        "default": ["a.txt", "gone.txt"],
    },
}
STACK = replace(
    load_stack(bundled("stacks") / "go.yaml"),
    questions=tuple(Question.read(name, node) for name, node in QUESTIONS.items()),
    tables={},
    version=None,
)
FILES = {"a.txt": "one line", "b.txt": "two lines"}
ORDER = ("--set", "answers file", "dockgen.yaml")


def settled(
    *layers: Mapping[str, Any],
    ask: Ask | None = None,
    names: list[str] | None = None,
    port: int | None = None,
    files: Mapping[str, str] = FILES,
) -> Resolution:
    """Settle the questions; the layers are those of ORDER, in that order."""
    facts = {
        "port": Fact("port", port, Origin("main.x", 7) if port else None),
        "names": Fact("names", names or ["api"], Origin("main.x")),
    }
    project = {"name": "p", "files": files, "secret": {"key.env": "line 3 gives KEY a value"}}
    given = Given(tuple(zip(ORDER, layers, strict=False)), {"dockgen.yaml": {"port": "dockgen.yaml:4"}})
    return resolve(STACK, facts, project, given, ask)


def nobody(question: Question, _: Proposal) -> Any:
    raise AssertionError(f"{question.name} was asked")


def says(**answers: Any) -> Ask:
    def ask(question: Question, proposal: Proposal) -> Any:
        return answers.get(question.name, proposal.value)

    return ask


def told(resolution: Resolution, name: str) -> tuple[Any, str, str]:
    answer = resolution.answers[name]
    return answer.value, answer.source, answer.origin


def test_each_source_gives_way_to_the_one_before_it() -> None:
    layers: list[dict[str, Any]] = [{"port": 1}, {"port": 2}, {"port": 3}]
    for number, source in enumerate(ORDER):
        left = [{} for _ in range(number)] + layers[number:]
        resolution = settled(*left, ask=says(port=4, main="api", files=[]), port=5)
        assert told(resolution, "port") == (number + 1, source, "")
    # What was found is shown with its place, and not asked about.
    assert told(settled(ask=says(port=4, files=[]), port=5), "port") == (5, "detected", "main.x:7")
    assert told(settled(ask=says(port=4, files=[])), "port") == (4, "prompt", "")
    assert told(settled(), "port") == (80, "default", "")


def test_a_source_answers_only_what_it_names() -> None:
    resolution = settled({"port": 1}, {"main": "api"}, {"worker": "yes", "port": 9})
    assert told(resolution, "port")[:2] == (1, "--set")
    assert told(resolution, "main")[:2] == ("api", "answers file")
    assert told(resolution, "worker")[:2] == (True, "dockgen.yaml")


def test_a_single_choice_is_taken_and_several_are_asked() -> None:
    assert told(settled(ask=says(files=[])), "main")[:2] == ("api", "detected")
    asked = settled(ask=says(main="worker", files=[]), names=["api", "worker"])
    assert told(asked, "main")[:2] == ("worker", "prompt")
    (open_question,) = settled(names=["api", "worker"]).unanswered
    assert open_question.ways == ["--set main=api", "--set main=worker"]


def test_a_question_that_does_not_apply_is_neither_asked_nor_set() -> None:
    assert "queue" not in settled(ask=says(files=[])).answers
    assert told(settled({"worker": "true"}, ask=says(queue="mails", files=[])), "queue")[0] == "mails"
    with pytest.raises(AnswerError, match="answer queue: does not apply") as caught:
        settled({"queue": "mails"})
    assert caught.value.hint
    # A file may be shared by several projects: there it is left alone.
    assert "queue" not in settled({}, {"queue": "mails"}).answers


def test_what_is_given_is_asked_no_more() -> None:
    given = {"port": "1", "files": "a.txt", "main": "api"}
    assert settled(given, ask=nobody, names=["api", "worker"]).answers["port"].value == 1


@pytest.mark.parametrize(
    ("layers", "message", "hint"),
    [
        ([{"port": "0"}], "--set: answer port: 0 is out of range", "from 1 to 65535"),
        ([{}, {"port": "x"}], "answers file: answer port: 'x' is not a whole number", "from 1 to 65535"),
        ([{}, {}, {"port": "x"}], "dockgen.yaml:4: answer port: 'x' is not a whole number", "from 1 to"),
        ([{"main": "x"}], "--set: answer main: 'x' is not one of them", "choose one of: api"),
        ([{"worker": "perhaps"}], "--set: answer worker: 'perhaps' is neither yes nor no", "true or false"),
        ([{"worker": "yes", "queue": "A1"}], "--set: answer queue: 'A1' does not fit", "small letters"),
        ([{"files": "c.txt"}], "--set: answer files: 'c.txt' is not one of them", "a.txt, b.txt"),
        ([{"files": ["a.txt", "key.env"]}], "files: key.env stays out: line 3 gives KEY a value", "leave it"),
        ([{"prot": 1}], "--set: go has no answer named 'prot'", "did you mean port?"),
        ([{"zzz": 1}], "--set: go has no answer named 'zzz'", "`dockgen stacks show go` lists them"),
    ],
)
def test_a_wrong_answer_says_where_it_stands_and_what_would_fit(
    layers: list[dict[str, Any]], message: str, hint: str
) -> None:
    with pytest.raises(AnswerError) as caught:
        settled(*layers)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_wrong_answer_at_the_prompt_is_refused_too() -> None:
    with pytest.raises(AnswerError, match="out of range"):
        settled(ask=says(port=99999, files=[]))


def test_of_several_choices_any_number_is_the_answer() -> None:
    # The default is what of it is there.
    assert told(settled(), "files") == (["a.txt"], "default", "")
    assert told(settled({"files": "b.txt,a.txt"}), "files")[0] == ["b.txt", "a.txt"]
    assert told(settled({"files": ""}), "files")[:2] == ([], "--set")
    assert told(settled(ask=says(files=["b.txt"])), "files")[:2] == (["b.txt"], "prompt")


def test_several_choices_are_asked_about_though_there_is_a_default_but_not_where_there_is_none() -> None:
    asked: list[tuple[str, Proposal]] = []

    def ask(question: Question, proposal: Proposal) -> Any:
        asked.append((question.name, proposal))
        return proposal.value

    settled({"port": 1}, ask=ask)
    ((name, proposal),) = asked
    assert (name, proposal.value) == ("files", ["a.txt"])
    assert [(choice.name, choice.title) for choice in proposal.choices] == list(FILES.items())
    settled({"port": 1}, ask=nobody, files={})
    with pytest.raises(AnswerError, match="is not one of them"):
        settled({"files": "a.txt"}, files={})


def test_only_what_differs_is_kept() -> None:
    resolution = settled({"port": 80, "files": "a.txt", "worker": "yes"}, {"main": "api"})
    assert resolution.differing() == {"worker": True}


def test_what_would_be_proposed_is_known_after_all_is_settled() -> None:
    resolution = settled({"port": 9000}, port=5)
    question = next(question for question in STACK.questions if question.name == "port")
    assert proposal_for(resolution, question) == Proposal(5, (), "main.x:7")
