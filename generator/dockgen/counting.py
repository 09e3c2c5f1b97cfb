"""Numbers with their noun."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return `1 layer`, `2 layers`: the last word of `noun` takes the plural's s."""
    return f"{number} {noun}{'s' * (number != 1)}"
