"""What was made of a value is given to the next who asks, and never to one who asks for another."""

from __future__ import annotations

from dockgen.dockerfile.remembered import remembered


class _Counted:
    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, value: list[int]) -> list[int]:
        self.asked.append(value)
        return [*value, 0]


def _function(counted: _Counted, most: int):  # type: ignore[no-untyped-def]
    @remembered(most)
    def made(value: list[int]) -> list[int]:
        """Make."""
        return counted(value)

    return made


def test_made_once_for_the_same_value_and_anew_for_an_equal_one() -> None:
    counted = _Counted()
    made = _function(counted, 8)
    one, equal = [1], [1]
    assert made(one) is made(one)
    assert made(equal) is not made(one) and made(equal) == made(one)
    assert counted.asked == [one, equal]
    assert made.__doc__ == "Make."


def test_no_more_than_told_are_kept() -> None:
    counted = _Counted()
    made = _function(counted, 2)
    values = [[n] for n in range(5)]
    assert [made(value) for value in values] == [[n, 0] for n in range(5)]
    assert made(values[4]) == [4, 0] and len(counted.asked) == 5
    assert made(values[0]) == [0, 0] and len(counted.asked) == 6


def test_a_value_that_is_gone_lends_its_identity_to_nobody() -> None:
    made = _function(_Counted(), 1_000)
    assert [made([n]) for n in range(500)] == [[n, 0] for n in range(500)]
