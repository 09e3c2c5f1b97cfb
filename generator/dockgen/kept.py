"""What is dear to read, kept between runs in a folder of the user's own, as Python keeps byte code."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from dockgen.resources import bundled, cache_folder


def private_folder(name: str) -> Path | None:
    """Return a folder for what is kept; None where there is none that only the user can write to."""
    if not hasattr(os, "getuid"):
        return None
    folder = cache_folder() / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    own = folder.is_dir() and not folder.is_symlink() and status.st_uid == os.getuid()
    return folder if own and not status.st_mode & 0o022 else None


def data(path: Path, part: str, read: Callable[[], Any]) -> Any:
    """Return what `read` makes of a bundled data file, kept for as long as the file does not change.

    Kept is only what JSON gives back as it was; the files of other folders are read each time.
    """
    folder = private_folder("data") if path.is_relative_to(bundled("stacks")) else None
    if folder is None:
        return read()
    try:
        status = path.stat()
    except OSError:
        return read()
    state = [str(path), part, status.st_size, status.st_mtime_ns]
    name = hashlib.sha256(f"{path}\0{part}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    file = folder / f"{name}.json"
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        entry = json.loads(file.read_bytes())
        if entry["state"] == state:
            return entry["value"]
    value = read()
    _keep(file, {"state": state, "value": value})
    return value


def _keep(file: Path, entry: dict[str, Any]) -> None:
    """Write an entry in one step; a failure only costs time."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError, ValueError, TypeError, RecursionError):
        text = json.dumps(entry)
        if json.loads(text) == entry:
            beside.write_text(text)
            beside.replace(file)
