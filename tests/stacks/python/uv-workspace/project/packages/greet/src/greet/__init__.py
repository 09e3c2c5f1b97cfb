"""Greetings that several apps share."""

from humanize import intword


def greeting(name: str, count: int) -> str:
    """Return a greeting with a number that a person reads."""
    return f"hello {name}, {intword(count, '%.0f')}"
