"""Functions of stack files about which file needs which, and which lies beside which."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Any

_MOST = 5_000


def reached(starts: Sequence[Any] | None, edges: Sequence[Any] | None) -> list[str]:
    """Return the starts and all that they lead to, directly or not, by edges written `FROM=TO`.

    What leads nowhere (`FROM=`) is left out; the nearest come first; at most 5,000.
    """
    following: dict[str, list[str]] = {}
    for edge in edges or []:
        start, equals, end = str(edge).partition("=")
        if equals and end:
            following.setdefault(start, []).append(end)
    found = dict.fromkeys(str(start) for start in starts or [] if start)
    pending = list(found)
    for name in pending:
        fresh = [end for end in dict.fromkeys(following.get(name, [])) if end not in found]
        found.update(dict.fromkeys(fresh))
        pending += fresh
        if len(found) > _MOST:
            break
    return list(found)[:_MOST]


def beside(texts: Sequence[Any] | None, files: Sequence[Any] | None) -> list[Any]:
    """Return the texts that begin with a path in the folder of one of the files, or below it."""
    folders = tuple(posixpath.dirname(str(file)) for file in files or [])
    if "" in folders:
        return list(texts or [])
    return [text for text in texts or [] if str(text).startswith(tuple(f"{folder}/" for folder in folders))]


def lying_in(texts: Sequence[Any] | None, folders: Sequence[Any] | None) -> list[Any]:
    """Return the texts `PATH` or `PATH=VALUE` of files that lie right in one of the folders, `.` for the top.

    Without folders (None) all of them.
    """
    if folders is None:
        return list(texts or [])
    wanted = set(folders)
    return [text for text in texts or [] if (posixpath.dirname(str(text).partition("=")[0]) or ".") in wanted]


def values_in(texts: Sequence[Any] | None, folders: Sequence[Any] | None) -> list[str]:
    """Return the values of texts `PATH=VALUE` of files that lie right in one of the folders, once each."""
    return [*dict.fromkeys(str(text).partition("=")[2] for text in lying_in(texts, folders))]


def above(paths: Sequence[Any] | None, files: Sequence[Any] | None) -> list[Any]:
    """Return the paths whose folder holds one of the files, at any depth."""
    return [
        path
        for path in paths or []
        for folder in [posixpath.dirname(str(path))]
        if any(not folder or str(file).startswith(f"{folder}/") for file in files or [])
    ]
