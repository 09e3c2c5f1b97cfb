"""What became of the generated files since they were written, and how that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from dockgen.errors import OutputError
from dockgen.output.lock import Lock
from dockgen.output.target import check_target, failure

MAX_LINES = 20_000
MAX_BYTES = 16 * 2**20


class State(StrEnum):
    """How a file on disk stands to the lock."""

    NEW = "new"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    MISSING = "missing"
    FOREIGN = "foreign"


def states(root: Path, paths: Iterable[str], lock: Lock | None) -> dict[str, State]:
    """Return the state of each path.

    New: neither on disk nor in the lock. Missing: only in the lock. Foreign: only on disk. Unchanged: as
    it was written, or with CRLF line ends by a checkout on Windows. Raises OutputError as `current` does.
    """
    pristine = lock.files if lock else {}
    return {path: state(current(root, path), pristine.get(path)) for path in paths}


def state(content: bytes | None, pristine: str | None) -> State:
    """Return the state of a file by what is on disk and what the lock has."""
    if content is None:
        return State.NEW if pristine is None else State.MISSING
    if pristine is None:
        return State.FOREIGN
    wanted = pristine.encode()
    same = content == wanted or content.replace(b"\r\n", b"\n") == wanted
    return State.UNCHANGED if same else State.EDITED


def current(root: Path, path: str) -> bytes | None:
    """Return what is on disk; None where nothing is.

    Raises OutputError where something else than a file that can be replaced is in the way.
    """
    target = check_target(root, path)
    if target.status and target.status.st_size > MAX_BYTES:
        raise OutputError(
            f"{path}: larger than {MAX_BYTES // 2**20} MiB, not a file of dockgen's", "Move it away."
        )
    try:
        return target.full.read_bytes() if target.status else None
    except OSError as error:
        raise failure(path, error) from error


def diff(old: str | None, new: str | None, path: str) -> str:
    """Return a unified diff for a terminal; None stands for no file, '' is returned for equal texts."""
    import difflib

    before, after = _lines(old), _lines(new)
    if max(len(before), len(after)) > MAX_LINES:
        return "" if old == new else f"{visible(path)}: too long for a diff\n"
    names = (_name("a", old, path), _name("b", new, path))
    return "".join(_shown(line) for line in difflib.unified_diff(before, after, *names))


def _lines(text: str | None) -> list[str]:
    return [] if text is None else text.split("\n")[:-1] + _unended(text)


def _unended(text: str) -> list[str]:
    """Return the last line where it has no line break, marked so that it differs from one that has."""
    rest = text.rpartition("\n")[2]
    return [f"{rest}\0"] if rest else []


def _name(side: str, text: str | None, path: str) -> str:
    return "/dev/null" if text is None else f"{side}/{path}"


def _shown(line: str) -> str:
    if line.endswith("\0"):
        return f"{visible(line[:-1])}\n\\ No newline at end of file\n"
    return f"{visible(line.rstrip(chr(10)))}\n"


def visible(text: str) -> str:
    """Return a line with control, invisible and direction-changing characters written as escapes."""
    return "".join(
        c if c.isprintable() or c == "\t" else c.encode("unicode_escape", "backslashreplace").decode()
        for c in text
    )
