"""Compiled templates kept between runs, as Python keeps byte code: compiling them is a tenth of a short run.

What is kept is code, so it is only read from a folder that nobody else can write to.
"""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache, compiler
from jinja2.bccache import Bucket

from dockgen.kept import private_folder

_ROOM = Path(__file__).parent


def kept() -> BytecodeCache | None:
    """Return where compiled templates are kept; None where there is no folder of the user's own."""
    folder = private_folder("templates")
    return _Kept(str(folder)) if folder else None


class _Kept(FileSystemBytecodeCache):
    """A failure to read or write costs only time; a change of Jinja or of the filters makes all stale."""

    def get_source_checksum(self, source: str) -> str:
        return hashlib.sha256(f"{_made_by()}\0{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except OSError:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


@cache
def _made_by() -> str:
    """What compiled code depends on besides the template: constants in it have passed the filters."""
    files = [Path(compiler.__file__ or ""), *sorted(_ROOM.iterdir())]
    states = [(file.name, file.stat()) for file in files if file.suffix == ".py" and file.is_file()]
    return " ".join(f"{name}-{state.st_size}-{state.st_mtime_ns}" for name, state in states)
