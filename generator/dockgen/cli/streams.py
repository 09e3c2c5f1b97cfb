"""The output streams: any locale can take what is written, and a reader may leave."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys

# What dockgen's own texts use beyond ASCII, for terminals and logs that know no more.
_ASCII = {
    "✓": "+",
    "✗": "x",
    "·": "-",
    "…": "...",
    "–": "-",
    "—": "-",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
    "»": ">",
    "’": "'",
}
_HANDLER = "dockgen-ascii"
_SIGPIPE = 13
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})
"""What the system says of a stream that takes no more."""


def make_robust() -> None:
    """Let standard output and error take every text, whatever encoding the locale names."""
    codecs.register_error(_HANDLER, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_ASCII.get(character, "?") for character in lost), error.end


def reader_left() -> int:
    """Return the status of a program that SIGPIPE ends, all further output thrown away in silence."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return 128 + _SIGPIPE
