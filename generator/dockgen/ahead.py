"""A function that another process has loaded by the time it is called.

Importing is a third of what a short command takes, and one process imports on one core. A fork loads what
comes last while this process still works on what comes first. Only a time-saver: where there is no fork, no
second core, or anything goes wrong on the other side, the function is called here.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class Ahead(Generic[Given, Made]):
    """`load` returns the function and may take its time: it runs in the other process at once.

    `meanwhile` is what this process does while the other one works. What goes in and out is pickled, and
    never leaves the two processes.
    """

    def __init__(
        self, load: Callable[[], Callable[[Given], Made]], meanwhile: Callable[[], object] = int
    ) -> None:
        self._load, self._meanwhile = load, meanwhile
        self._child: _Child | None = None

    def __enter__(self) -> Ahead[Given, Made]:
        if pays():
            with suppress(OSError):
                self._child = _Child(self._load)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child:
            self._child.end()
            self._child = None

    def __call__(self, given: Given) -> Made:
        """Return what the function makes of it; raises what the function raises."""
        if self._child:
            self._child.send(given)
            self._meanwhile()
            found = self._child.received()
            if found is not None:
                made: Made = found[0]
                return made
        # An error is raised here, where it has its type and its traceback: the work is done once more.
        return self._load()(given)


def pays() -> bool:
    """Whether a fork is safe (Linux, one thread) and has a core of its own."""
    if not sys.platform.startswith("linux") or len(os.sched_getaffinity(0)) < 2:
        return False
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


class _Child:
    """The other process, which answers once; it ends with this one, as its pipe does."""

    def __init__(self, load: Callable[[], Callable[[Any], Any]]) -> None:
        inward, self._outward = os.pipe()
        self._inward, outward = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            for descriptor in (inward, self._outward, self._inward, outward):
                os.close(descriptor)
            raise
        if self._pid == 0:
            os.close(self._outward)
            os.close(self._inward)
            _answer(load, inward, outward)
        os.close(inward)
        os.close(outward)

    def send(self, given: Any) -> None:
        # Not at the top: the other process should be started before anything is loaded that it can load.
        import pickle

        # A child that died takes nothing; that it has no answer is seen later.
        with suppress(OSError), os.fdopen(self._outward, "wb") as pipe:
            self._outward = -1
            pickle.dump(given, pipe, pickle.HIGHEST_PROTOCOL)

    def received(self) -> tuple[Any] | None:
        """Return the answer, None where there is none."""
        import pickle

        with os.fdopen(self._inward, "rb") as pipe:
            self._inward = -1
            data = pipe.read()
        if not data:
            return None
        found: tuple[Any] = pickle.loads(data)  # noqa: S301 - written by a process forked from this one
        return found

    def end(self) -> None:
        """End a child that was never asked, wait for one that was."""
        if self._outward >= 0:
            os.kill(self._pid, signal.SIGKILL)
        for descriptor in (self._outward, self._inward):
            if descriptor >= 0:
                os.close(descriptor)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


def _answer(load: Callable[[], Callable[[Any], Any]], inward: int, outward: int) -> None:
    """Load, wait for what to call it with, answer, and end at once, as nothing of the other's is this one's.

    Whatever goes wrong is no answer: nothing is printed here, where it could be mixed with the other's.
    """
    import pickle

    try:
        # Ctrl-C reaches both processes, and only one of them has something to say about it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        function = load()
        with os.fdopen(inward, "rb") as pipe:
            data = pipe.read()
        if data:
            made = pickle.dumps((function(pickle.loads(data)),), pickle.HIGHEST_PROTOCOL)  # noqa: S301 - see above
            with os.fdopen(outward, "wb") as pipe:
                pipe.write(made)
    finally:
        os._exit(0)
