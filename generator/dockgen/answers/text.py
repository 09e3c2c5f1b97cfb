"""Answers as they would be typed."""

from __future__ import annotations

from typing import Any


def as_text(value: Any) -> str:
    """Return an answer in the form that `--set` and the prompts take."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ",".join(f"{name}={text}" for name, text in value.items())
    if isinstance(value, list):
        entries = [as_text(entry) for entry in value]
        return (";" if value and isinstance(value[0], dict) else ",").join(entries)
    return str(value)
