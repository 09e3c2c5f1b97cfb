"""Text that engines and images wrote, made safe for a terminal and short enough to read."""

from __future__ import annotations

import unicodedata

WIDTH = 160
CUT = "…"
"""What a line ends with that was cut."""


def clean(text: str) -> str:
    """Return the text without control, bidirectional and other invisible characters (newlines stay)."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def one_line(text: str, width: int = WIDTH) -> str:
    """Return the text as one clean line of at most `width` characters."""
    flat = " ".join(clean(text).split())
    return flat if len(flat) <= width else flat[: width - len(CUT)] + CUT
