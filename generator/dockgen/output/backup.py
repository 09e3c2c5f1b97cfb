"""Numbered backups beside a file: `Dockerfile.bak1`, `Dockerfile.bak2` …; none is ever overwritten."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from dockgen.output.disk import Disk


def back_up(file: Path, disk: Disk | None = None) -> Path:
    """Copy a file to the first free number, with its mode; return the copy. Raises OSError."""
    disk = disk or Disk()
    status = file.stat()
    content = file.read_bytes()
    for number in itertools.count(1):
        copy = file.with_name(f"{file.name}.bak{number}")
        if os.path.lexists(copy):
            continue
        try:
            disk.write(copy, content, status)
        except FileExistsError:
            continue
        return copy
    raise AssertionError("numbers do not end")
