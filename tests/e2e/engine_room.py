"""Room for the engine's build cache: asked between tests, made while none runs, in any process.

BuildKit throws layers away when its cache outgrows the space reserved for it or its disk fills up, in the
middle of whatever runs then; tests that prove what is cached must not meet that. Only an engine that nobody
else uses is emptied: DOCKGEN_E2E_PRUNE=1.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

VARIABLE = "DOCKGEN_E2E_PRUNE"
FREE = 0.08
"""The part of the engine's disk that must be free: a large image's layers, several times over."""
# `docker buildx inspect` shows 15 GiB as reserved, of which nothing goes; what is above it does.
CACHE_LIMIT = 8e9
"""Bytes of build cache that are enough for any test."""
WORTH_IT = 5e8
"""Bytes of build cache below which emptying it helps no disk."""
ASK_EACH = 60
"""Seconds between two questions to the engine."""
PRUNE = ("docker", "builder", "prune", "--all", "--force")
# What installers downloaded costs the network again, and no garbage collector looks at it first.
KEEP_DOWNLOADS = ("--filter", "type!=exec.cachemount")
UNITS = {"": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}

Caller = Callable[[Sequence[str]], str]


def call(command: Sequence[str]) -> str:
    """Return what a command writes; raises OSError or subprocess.SubprocessError."""
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout


def size(written: str) -> float:
    """Return the bytes of `2.607GB`; 0 for what is no size."""
    found = re.fullmatch(r"([\d.]+)([kMGT]?)B", written)
    return float(found[1]) * UNITS[found[2]] if found else 0.0


def free_part(path: Path) -> float:
    """Return which part of a path's disk is free; the nearest folder counts where it is not here."""
    usage = shutil.disk_usage(next(place for place in (path, *path.parents) if place.exists()))
    return usage.free / usage.total


@dataclass
class EngineRoom:
    """The lock that all tests of one engine share, and the policy."""

    folder: Path = field(default_factory=lambda: Path(tempfile.gettempdir()))
    call: Caller = call
    free: Callable[[Path], float] = free_part
    prunes: bool = field(default_factory=lambda: os.environ.get(VARIABLE) == "1")

    def __post_init__(self) -> None:
        address = os.environ.get("DOCKER_HOST", "").encode()
        self._lock = self.folder / f"dockgen-e2e-{hashlib.sha256(address).hexdigest()[:12]}.lock"
        self._gate = self._lock.with_suffix(".gate")
        self._asked = self._lock.with_suffix(".asked")

    @contextlib.contextmanager
    def test(self) -> Iterator[None]:
        """Hold the engine for one test, after making room where it is short."""
        with self._lock.open("a") as lock:
            # Who waits to be alone holds the gate, so that no further test starts meanwhile.
            with self._gate.open("a") as gate:
                fcntl.flock(gate, fcntl.LOCK_EX)
                if self.prunes and self._is_time() and self.short():
                    fcntl.flock(lock, fcntl.LOCK_EX)
                    self.prune()
                fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    def short(self) -> bool:
        """Say whether the engine has too little room; an engine that gives no answer has enough."""
        try:
            cached = self._cached()
            root = self.call(["docker", "info", "--format", "{{.DockerRootDir}}"]).strip()
        except (OSError, subprocess.SubprocessError):
            return False
        low = self.free(Path(root)) < FREE
        return cached > (WORTH_IT if low else CACHE_LIMIT)

    def prune(self) -> None:
        """Empty the build cache: layers alone where the engine can tell them from downloads."""
        for more in (KEEP_DOWNLOADS, ()):
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                self.call([*PRUNE, *more])
                return

    def _cached(self) -> float:
        rows = self.call(["docker", "system", "df", "--format", "json"]).splitlines()
        kinds = {row["Type"]: row["Size"] for row in map(json.loads, rows)}
        return size(kinds.get("Build Cache", "0B"))

    def _is_time(self) -> bool:
        now = time.time()
        if self._asked.exists() and now - self._asked.stat().st_mtime < ASK_EACH:
            return False
        self._asked.touch()
        return True
