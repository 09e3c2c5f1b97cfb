"""A question as a stack file declares it, and what makes an answer to it valid."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dockgen.errors import AnswerError, CatalogError
from dockgen.records import record
from dockgen.regexes import regex

KINDS = ("string", "integer", "boolean", "choice", "list", "map", "mounts", "version")
# Control characters and line ends have no business in an answer: they could start an instruction.
_CONTROL = regex(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_MAX_TEXT = 4_000
_MAX_ITEMS = 500


@record
class Question:
    """One thing dockgen wants to know.

    `choices` is a list or an expression, which may give a mapping of names to titles; with `table` the
    choices are that table's rows. Of a list with choices each element is one of them. `excluded` is an
    expression for a mapping of what must not be chosen to the reasons. `default` is a YAML structure with
    expressions. `origins` names the facts whose place is shown beside the default; without it
    those that the default reads. `cites` is an expression for the part of them that made the `value`.
    With `each` the choices are apps of their own: an expression of `item` for the folder where its files go,
    None for what is none.
    `ask` is False for what is only set by name. `items` restricts the elements of a list by pattern.
    """

    name: str
    prompt: str
    kind: str
    help: str = ""
    group: str = ""
    table: str | None = None
    choices: Any = None
    excluded: Any = None
    default: Any = None
    when: Any = None
    ambiguous: Any = None
    each: Any = None
    origins: Sequence[str] | None = None
    cites: Any = None
    required: bool = False
    ask: bool = True
    absent: bool = False
    pattern: str | None = None
    items: str | None = None
    minimum: int | None = None
    maximum: int | None = None

    @staticmethod
    def read(name: str, node: Mapping[str, Any]) -> Question:
        """Return the question that a YAML mapping declares; raise CatalogError for a wrong one."""
        unknown = node.keys() - _FIELDS
        if unknown:
            raise CatalogError(f"unknown field {', '.join(sorted(map(str, unknown)))}")
        kind = node.get("type", "string")
        if kind not in KINDS:
            raise CatalogError(f"unknown type {kind!r}; there are {', '.join(KINDS)}")
        rest = {key: node[key] for key in _FIELDS - {"type", "from", "prompt"} if key in node}
        return Question(
            name=name, kind=kind, prompt=node.get("prompt", name), origins=node.get("from"), **rest
        )

    def check(self, value: Any, choices: Sequence[str] = ()) -> Any:
        """Return the answer in its proper type; raise AnswerError with the reason and the way out."""
        converted = self.convert(value)
        if choices and self.kind in ("choice", "version") and converted not in choices:
            raise self.error(f"{converted!r} is not one of them", f"choose one of: {', '.join(choices)}")
        if self.chooses_several and (wrong := [entry for entry in converted if entry not in choices]):
            offered = f"choose of: {', '.join(choices)}" if choices else "there is none to choose"
            raise self.error(f"{wrong[0]!r} is not one of them", offered)
        return converted

    def convert(self, value: Any) -> Any:
        """Return the answer in its proper type, whatever the choices; raise AnswerError with the reason."""
        return _CONVERTERS[self.kind](self, value)

    @property
    def chooses_several(self) -> bool:
        """Whether any number of given choices is the answer."""
        return self.kind == "list" and self.choices is not None

    def error(self, reason: str, hint: str = "") -> AnswerError:
        """Return an error that names this question."""
        return AnswerError(f"answer {self.name}: {reason}", hint or self.help)


# What a stack file calls `type` and `from` are words of Python's here.
_FIELDS = frozenset(set(Question.__match_args__) - {"name", "kind", "origins"} | {"type", "from"})


def _text(question: Question, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise question.error(f"expected text, not {type(value).__name__}", "put it in quotes")
    text = str(value)
    if len(text) > _MAX_TEXT:
        raise question.error(f"longer than {_MAX_TEXT} characters", "shorten it")
    if found := _CONTROL.search(text):
        raise question.error(f"the character {found[0]!r} is not allowed", "use one line of plain text")
    return text


def _string(question: Question, value: Any) -> str:
    text = _text(question, value)
    if text and question.pattern and not re.fullmatch(question.pattern, text):
        raise question.error(f"{text!r} does not fit", question.help or f"it must match {question.pattern}")
    if not text and question.required:
        raise question.error("must not be empty", question.help or "give it a value")
    return text


def _integer(question: Question, value: Any) -> int:
    try:
        number = int(_text(question, value))
    except ValueError as error:
        raise question.error(f"{value!r} is not a whole number", _range(question)) from error
    low, high = question.minimum, question.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise question.error(f"{number} is out of range", _range(question))
    return number


def _range(question: Question) -> str:
    ends = [f"from {question.minimum}"] * (question.minimum is not None)
    ends += [f"to {question.maximum}"] * (question.maximum is not None)
    return " ".join(ends) or "digits only"


def _boolean(question: Question, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    words = {
        "true": True,
        "yes": True,
        "on": True,
        "1": True,
        "false": False,
        "no": False,
        "off": False,
        "0": False,
    }
    if str(value).lower() not in words:
        raise question.error(f"{value!r} is neither yes nor no", "use true or false")
    return words[str(value).lower()]


def _list(question: Question, value: Any) -> list[str]:
    entries = (
        value if isinstance(value, list) else [part for part in _text(question, value).split(",") if part]
    )
    if len(entries) > _MAX_ITEMS:
        raise question.error(f"more than {_MAX_ITEMS} entries", "leave some out")
    texts = [
        _text(question, entry).strip() if question.items else _text(question, entry) for entry in entries
    ]
    for text in texts:
        if not text:
            raise question.error("an entry is empty", "leave it out")
        if question.items and not re.fullmatch(question.items, text):
            raise question.error(f"{text!r} does not fit", question.help or f"it must match {question.items}")
    return texts


def _map(question: Question, value: Any) -> dict[str, str]:
    if isinstance(value, str):
        pairs = [part.partition("=") for part in value.split(",") if part]
        if not all(sign for _, sign, _ in pairs):
            # The text is not repeated: it may hold a secret.
            raise question.error("expected NAME=value pairs, separated by commas")
        value = {name: text for name, _, text in pairs}
    if not isinstance(value, Mapping) or len(value) > _MAX_ITEMS:
        raise question.error(
            f"expected pairs of name and value, not {type(value).__name__}", "write NAME=value, or a mapping"
        )
    texts = {_text(question, key): _text(question, text) for key, text in value.items()}
    for key in texts:
        if question.items and not re.fullmatch(question.items, key):
            raise question.error(f"the name {key!r} does not fit", question.help)
    return texts


def _mounts(question: Question, value: Any) -> list[dict[str, str]]:
    """Secrets: a list of {id, env | target}; text `id=a,env=B;id=c,target=/d` is the same."""
    if isinstance(value, str):
        value = [_map(question, part) for part in value.split(";") if part]
    if not isinstance(value, list) or len(value) > _MAX_ITEMS:
        raise question.error("expected a list of secrets, each with an id and env or target")
    return [_mount(question, entry) for entry in value]


def _mount(question: Question, value: Any) -> dict[str, str]:
    entry = _map(question, value)
    if "id" not in entry or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", entry["id"]):
        raise question.error("a secret needs an id of letters, digits, dots and dashes")
    if entry.keys() - {"id", "env", "target"}:
        raise question.error(f"a secret has id, env and target, nothing else: {', '.join(entry)}")
    if "env" in entry and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", entry["env"]):
        raise question.error(
            f"env of the secret {entry['id']} is not the name of an environment variable",
            "name the variable, never its value: id=NAME,env=VARIABLE",
        )
    if "target" in entry and not re.fullmatch(r"/[A-Za-z0-9_./@+-]+", entry["target"]):
        raise question.error(f"target of the secret {entry['id']} is not a plain absolute path")
    return entry


_CONVERTERS: Mapping[str, Any] = {
    "string": _string,
    "choice": _string,
    "version": _string,
    "integer": _integer,
    "boolean": _boolean,
    "list": _list,
    "map": _map,
    "mounts": _mounts,
}
