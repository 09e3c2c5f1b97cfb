"""Lines for the ignore file."""

from __future__ import annotations

from collections.abc import Sequence

from dockgen.dockerfile.model import Position, Span
from dockgen.lint.context import BuildContext
from dockgen.lint.model import Edit


def ignore_lines(build: BuildContext, paths: Sequence[str]) -> Edit:
    """Return the edit that appends patterns for exactly these files to the ignore file, new or not.

    The last matching line decides, so the end of the file is the one place that holds against every `!`.
    """
    name = build.ignore_path or ".dockerignore"
    text = _read(build, name)
    lines = text.split("\n")
    end = Position(len(lines), len(lines[-1]) + 1)
    head = "\n" if lines[-1] else ""
    return Edit(Span(end, end), head + "".join(f"{_escaped(path)}\n" for path in paths), name)


def _read(build: BuildContext, name: str) -> str:
    try:
        with (build.root / name).open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


def _escaped(path: str) -> str:
    return "".join(f"\\{letter}" if letter in "*?[\\" else letter for letter in path)
