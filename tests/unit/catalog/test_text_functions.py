"""Functions that make text and mappings out of what a project says of itself."""

import pytest

from dockgen.catalog.expression import evaluate


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        (" two\nlines\tand\x00more ", "two lines and more"),
        (None, ""),
        ({"type": "MIT"}, ""),
        (["a"], ""),
        (7, ""),
    ],
)
def test_one_line(value: object, expected: str) -> None:
    assert evaluate("one_line(item)", {"item": value}) == expected


def test_fill() -> None:
    assert evaluate("fill(item, 'x')", {"item": ["A", "B"]}) == {"A": "x", "B": "x"}
    assert evaluate("fill(item, 'x')", {"item": None}) == {}
