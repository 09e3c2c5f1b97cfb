"""How help is laid out: as argparse does, as wide as the terminal.

argparse makes a formatter for each option, and loads `shutil` with three compression libraries to ask for the
terminal's width: a tenth of a run of `dockgen lint` that knows the result already.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from functools import cache

_FALLBACK = 80


class HelpFormatter(argparse.HelpFormatter):
    """argparse's own, told the width."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


@cache
def _columns() -> int:
    """Return what `shutil.get_terminal_size` would: COLUMNS, the terminal's own, or 80."""
    with suppress(ValueError):
        if (told := int(os.environ.get("COLUMNS", "0"))) > 0:
            return told
    with suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _FALLBACK  # type: ignore[union-attr]
    return _FALLBACK
