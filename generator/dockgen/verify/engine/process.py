"""Calling of engine programs: bounded output, time limits, and an end that also ends the child."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from dockgen.errors import EngineError

OUTPUT_LIMIT = 16 << 20
BUILD_LIMIT = 3_600
"""Seconds that one build may take."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def text(self) -> str:
        """Standard output as text, whatever bytes an image put there."""
        return self.stdout.decode(errors="replace").strip()

    @property
    def words(self) -> str:
        """The last line of standard error that says something; docker's hint at its help does not."""
        lines = [line for line in self.stderr.decode(errors="replace").splitlines() if line.strip()]
        return next((line for line in reversed(lines) if not line.startswith("Run 'docker ")), "")


def call(
    command: Sequence[str],
    *,
    limit: float = 120,
    environment: Mapping[str, str] | None = None,
    on_error_line: Callable[[bytes], None] | None = None,
) -> Finished:
    """Run a program to its end; EngineError where it is missing or takes longer than `limit` seconds.

    The child has a session of its own, so that Ctrl-C reaches this process first, which then ends the
    child and waits for it: nothing goes on building behind its back.
    """
    try:
        child = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
    except OSError as error:
        raise EngineError(f"{command[0]} cannot be started: {error.strerror}") from error
    out, err = bytearray(), bytearray()
    readers = [
        threading.Thread(target=_collect, args=(child.stdout, out, None), daemon=True),
        threading.Thread(target=_collect, args=(child.stderr, err, on_error_line), daemon=True),
    ]
    for reader in readers:
        reader.start()
    try:
        code = child.wait(timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"`{' '.join(command[:3])} …` took longer than {limit:.0f} s") from error
    finally:
        _end(child)
        for reader in readers:
            reader.join(timeout=10)
    return Finished(code, bytes(out), bytes(err))


def _collect(stream: IO[bytes] | None, into: bytearray, heard: Callable[[bytes], None] | None) -> None:
    if stream is None:
        return
    for line in iter(lambda: stream.readline(1 << 20), b""):
        if heard is not None:
            heard(line)
        if len(into) < OUTPUT_LIMIT:
            into += line


def _end(child: subprocess.Popen[bytes]) -> None:
    for ask in (child.terminate, child.kill):
        if child.poll() is None:
            ask()
            patience = time.monotonic() + 10
            while child.poll() is None and time.monotonic() < patience:
                time.sleep(0.05)
