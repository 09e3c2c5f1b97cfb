"""Functions that make text and mappings out of what a project says of itself."""

import pytest

from dockgen.catalog import functions
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


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("MIT", "MIT"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("GPLv2+", ""),
        ("SEE LICENSE IN LICENSE.txt", ""),
        ("", ""),
        (None, ""),
        ({"workspace": True}, ""),
    ],
)
def test_licence(value: object, expected: str) -> None:
    assert evaluate("licence(item)", {"item": value}) == expected


def test_fill() -> None:
    assert evaluate("fill(item, 'x')", {"item": ["A", "B"]}) == {"A": "x", "B": "x"}
    assert evaluate("fill(item, 'x')", {"item": None}) == {}


def test_upper() -> None:
    assert evaluate("upper(item)", {"item": "gems__example"}) == "GEMS__EXAMPLE"
    assert evaluate("upper(item)", {"item": None}) == ""


def test_a_path_is_seen_from_above_its_folder_and_never_leads_out() -> None:
    joined = functions.FUNCTIONS["joined"]
    assert joined("frontend", "../static/dist") == "static/dist"
    assert joined("", "./public/build/") == "public/build"
    assert joined("frontend", "../../elsewhere") is None
    assert joined("frontend", "/etc") is None
