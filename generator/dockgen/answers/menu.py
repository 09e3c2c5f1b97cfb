"""The lines of a menu: names in a column, and each no longer than the terminal is wide."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

_COLUMNS, _LEAST = 110, 40
# The pointer before each line, and the box where several may be ticked.
_MARKS = 6


def menu(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return a line for each name with what is said of it."""
    width = max((len(name) for name, said in rows if said), default=0)
    return [cut(f"{name:{width}}  {said}".rstrip()) for name, said in rows]


def cut(text: str) -> str:
    """Return the text with an ellipsis where it is too long: a choice on two lines looks like two."""
    columns = max(_LEAST, min(_COLUMNS, shutil.get_terminal_size().columns - _MARKS))
    return text if len(text) <= columns else f"{text[: columns - 1]}…"
