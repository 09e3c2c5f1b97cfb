"""Bases that the engine may not use: its own source policy says so, and no test can do anything about it.

A digest that a registry does not have reads otherwise, and stays a failure.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import pytest

REFUSAL = re.compile(r"\S[^\n]*(?:denied|not allowed) by policy[^\n]*")


def refusal(text: str) -> str:
    """Return the line in which a source policy refuses an image; '' where none does."""
    found = REFUSAL.search(text)
    return found[0] if found else ""


@contextlib.contextmanager
def skipped_where_refused() -> Iterator[None]:
    """Turn a failure that a refused base explains into a skip with that line."""
    try:
        yield
    except Exception as error:
        line = refusal(str(error))
        if not line:
            raise
        pytest.skip(f"a base cannot be had here: {line[-300:]}")
