"""The lines of a menu."""

import pytest

from dockgen.answers.menu import menu


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")


def test_names_stand_in_a_column() -> None:
    assert menu([("slim", "Debian"), ("distroless", "no shell"), ("x", "")]) == [
        "slim        Debian",
        "distroless  no shell",
        "x",
    ]


def test_names_alone_are_not_padded() -> None:
    assert menu([("cmd/api", ""), ("cmd/a", "")]) == ["cmd/api", "cmd/a"]


def test_a_line_is_no_longer_than_the_terminal_is_wide() -> None:
    (line,) = menu([("slim", "Debian " * 20)])
    assert len(line) == 54
    assert line.endswith("…")


def test_a_terminal_of_no_width_shows_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "3")
    assert len(menu([("slim", "Debian " * 20)])[0]) == 40
