"""Reading one file of a project that nobody vouches for: bounded, regular files only, inside the tree."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from dockgen.errors import ProjectError

TEXT_LIMIT = 2 * 1024 * 1024
LOCK_LIMIT = 32 * 1024 * 1024
_LOCK_NAMES = frozenset(
    {
        "package-lock.json",
        "npm-shrinkwrap.json",
        "pnpm-lock.yaml",
        "go.sum",
        "packages.lock.json",
        "bun.lockb",
    }
)
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def limit_of(path: str) -> int:
    """Return how many bytes of that file are read at most: lock files are known to be large."""
    name = path.rpartition("/")[2]
    return LOCK_LIMIT if name in _LOCK_NAMES or name.endswith(".lock") else TEXT_LIMIT


def is_inside(path: Path | str, boundary: str) -> bool:
    """Whether the path, all symlinks followed, is the boundary or lies in it; `boundary` is a real path."""
    real = os.path.realpath(path)
    return real == boundary or real.startswith(boundary.rstrip(os.sep) + os.sep)


def read_bytes(full: Path, path: str, boundary: str, limit: int) -> bytes | None:
    """Return the content of a regular file inside the boundary; None where there is no such file.

    Raises ProjectError for what cannot be read, is no regular file, leads out of the tree or is larger
    than `limit` bytes.
    """
    stream = _opened(full, path, boundary)
    if stream is None:
        return None
    with stream:
        return _bounded(stream.fileno(), path, limit)


def read_head(full: Path, path: str, boundary: str, size: int) -> bytes | None:
    """Return at most the first `size` bytes of a file, however large it is; else as `read_bytes`."""
    stream = _opened(full, path, boundary)
    if stream is None:
        return None
    with stream:
        _refuse_special(os.fstat(stream.fileno()), path)
        try:
            return stream.read(size)
        except OSError as error:
            raise _unreadable(path, error) from error


def _opened(full: Path, path: str, boundary: str) -> BinaryIO | None:
    """Open a regular file inside the boundary; None where there is no such file."""
    if not is_inside(full, boundary):
        raise ProjectError(
            f"{path}: the symlink leads out of the project", "Put the file itself into the project."
        )
    try:
        if full.is_dir():
            return None
        _refuse_special(full.stat(), path)
        return os.fdopen(os.open(full, _FLAGS), "rb")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _refuse_special(status: os.stat_result, path: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        message = f"{path}: not a regular file (a pipe, socket or device)"
        raise ProjectError(message, "Remove it, or put a file in its place.")


def _unreadable(path: str, error: OSError | ValueError) -> ProjectError:
    reason = getattr(error, "strerror", None) or str(error)
    return ProjectError(
        f"{path}: cannot be read: {reason}", "Give yourself the right to read it, or remove it."
    )


def _bounded(descriptor: int, path: str, limit: int) -> bytes:
    # fstat again: between stat and open the name may have come to mean something else.
    _refuse_special(os.fstat(descriptor), path)
    chunks: list[bytes] = []
    left = limit + 1
    try:
        while left > 0 and (chunk := os.read(descriptor, min(left, 1 << 20))):
            chunks.append(chunk)
            left -= len(chunk)
    except OSError as error:
        raise _unreadable(path, error) from error
    if left <= 0:
        raise ProjectError(
            f"{path}: larger than {limit // 1024:,} KiB, too large to be read",
            "Make it smaller, or leave it out of the project folder.",
        )
    return b"".join(chunks)


def decoded(content: bytes, path: str) -> str:
    """Return the text of UTF-8 content, a byte order mark left out.

    Raises ProjectError for other encodings and for binary content, with the line of the first bad byte.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProjectError(f"{path}: the text is UTF-16, not UTF-8", "Save it as UTF-8.")
    if (zero := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, zero) + 1
        raise ProjectError(f"{path}:{line}: binary content (a NUL byte) where text belongs", _WAY_OUT)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise ProjectError(f"{path}:{line}: not UTF-8 text (byte 0x{byte:02x})", _WAY_OUT) from error


_WAY_OUT = "Save it as UTF-8 text, or remove it."
