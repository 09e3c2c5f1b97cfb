"""Answers as they would be typed, and read back."""

from typing import Any

import pytest

from dockgen.answers.text import as_text
from dockgen.catalog.question import Question


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("string", "a b", "a b"),
        ("string", None, ""),
        ("integer", 8080, "8080"),
        ("boolean", True, "yes"),
        ("boolean", False, "no"),
        ("list", ["a", "b"], "a,b"),
        ("list", [], ""),
        ("map", {"A": "1", "B": "x=y"}, "A=1,B=x=y"),
        ("mounts", [{"id": "a", "env": "B"}, {"id": "c", "target": "/d"}], "id=a,env=B;id=c,target=/d"),
    ],
)
def test_text_of_an_answer_is_read_back_as_it_was(kind: str, value: Any, text: str) -> None:
    assert as_text(value) == text
    if value is not None:
        assert Question.read("q", {"type": kind}).check(text) == value
