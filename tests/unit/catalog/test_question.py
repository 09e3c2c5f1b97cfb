"""What makes an answer valid, and that no answer can become an instruction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.catalog.question import Question
from dockgen.errors import AnswerError, CatalogError


def question(**node: object) -> Question:
    return Question.read("q", {"prompt": "Q", **node})


def test_types() -> None:
    assert question(type="integer").check("8080") == 8080
    assert question(type="boolean").check("yes") is True
    assert question(type="boolean").check(False) is False
    assert question(type="list").check("a,b") == ["a", "b"]
    assert question(type="map").check("A=1,B=x=y") == {"A": "1", "B": "x=y"}
    assert question(type="mounts").check("id=a,env=B;id=c,target=/d") == [
        {"id": "a", "env": "B"},
        {"id": "c", "target": "/d"},
    ]
    assert question(type="choice").check("x", ["x", "y"]) == "x"


@pytest.mark.parametrize(
    ("node", "value", "reason"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 65535}, "0", "out of range"),
        ({"type": "integer"}, "eighty", "not a whole number"),
        ({"type": "boolean"}, "perhaps", "neither yes nor no"),
        ({"type": "choice"}, "z", "not one of them"),
        ({"type": "list", "items": "[a-z]+"}, "a,B!", "does not fit"),
        ({"type": "list"}, [""], "empty"),
        ({"type": "map"}, "novalue", "expected NAME=value pairs"),
        ({"type": "map", "items": "[A-Z]+"}, "a=1", "does not fit"),
        ({"type": "mounts"}, "env=B", "needs an id"),
        ({"type": "mounts"}, "id=a,other=b", "nothing else"),
        ({"type": "mounts"}, "id=a,target=rel", "absolute path"),
        ({"type": "mounts"}, "id=a,env=1B", "environment variable"),
        ({"type": "mounts"}, "id=a\n", "not allowed"),
        ({}, "a\nUSER root", "not allowed"),
        ({}, "a\u2028b", "not allowed"),
        ({}, "x" * 5000, "longer"),
        ({}, {"a": 1}, "expected text"),
        ({"pattern": "/.*"}, "health", "does not fit"),
        ({"required": True}, "", "empty"),
    ],
)
def test_refused_with_a_reason(node: dict[str, object], value: object, reason: str) -> None:
    with pytest.raises(AnswerError, match=reason):
        question(**node).check(value, ["x", "y"] if node.get("type") == "choice" else ())


def test_wrong_declarations() -> None:
    with pytest.raises(CatalogError, match="unknown field"):
        question(typo=1)
    with pytest.raises(CatalogError, match="unknown type"):
        question(type="text")


@given(st.text())
def test_a_text_that_passes_is_one_line(text: str) -> None:
    try:
        value = question().check(text)
    except AnswerError:
        return
    assert len(value.splitlines()) <= 1
