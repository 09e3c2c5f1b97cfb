"""The signals that end a run: Ctrl-C, a polite end, a closed terminal."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator

ENDING = [signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else [])]
"""Signals that end a run as Ctrl-C does; Windows has no SIGHUP."""


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Keep a second Ctrl-C, or the signals of a terminal that closes, from cutting the removal short."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {name: signal.signal(name, signal.SIG_IGN) for name in (signal.SIGINT, *ENDING)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
