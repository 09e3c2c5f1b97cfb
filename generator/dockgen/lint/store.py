"""What earlier runs found, in the user's cache folder: keyed by content, bounded, safe to delete.

Entries are JSON written in one step; one that cannot be read counts as absent.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

from dockgen.lint.hadolint import Failure, Outcome, Raw
from dockgen.resources import cache_folder

_SCHEMA = "1"
MAX_ENTRIES = 20_000
_DAY = 86_400.0
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Store:
    """A folder of results; every failure to read or write it only costs time."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or cache_folder()) / "lint"
        self._wrote = False

    @staticmethod
    def key(*parts: str) -> str:
        """Return the key of what depends on nothing but these parts."""
        digest = hashlib.sha256(_SCHEMA.encode())
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
        return digest.hexdigest()

    def read(self, key: str) -> Any:
        """Return the entry of that key, None where there is none."""
        try:
            return json.loads(self._path(key).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None

    def write(self, key: str, value: Any) -> None:
        """Keep an entry; what is there already is replaced in one step."""
        path = self._path(key)
        # Not by tempfile, of which loading takes longer than writing: the folder is the user's own.
        beside = path.with_name(f".new-{os.getpid()}-{path.name}")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with os.fdopen(os.open(beside, _NEW, 0o600), "wb") as file:
                    file.write(json.dumps(value, separators=(",", ":")).encode())
                beside.replace(path)
            except OSError:
                beside.unlink(missing_ok=True)
                raise
            self._wrote = True

    def outcome(self, key: str) -> Outcome | None:
        """Return hadolint's outcome for a text, None where it is not known."""
        entry = self.read(key)
        try:
            if isinstance(entry, dict):
                return Failure(str(entry["failure"]))
            if entry is None:
                return None
            return tuple(Raw(str(c), str(level), int(line), str(m)) for c, level, line, m in entry)
        except (KeyError, TypeError, ValueError):
            return None

    def keep_outcome(self, key: str, outcome: Outcome) -> None:
        """Keep hadolint's outcome; what failed for want of time is tried again next time."""
        if isinstance(outcome, Failure):
            if outcome.reason.startswith("cannot read"):
                self.write(key, {"failure": outcome.reason})
        else:
            self.write(key, [[raw.code, raw.level, raw.line, raw.message] for raw in outcome])

    def prune(self) -> None:
        """Once a day, after writing, drop the oldest entries beyond the bound."""
        if not self._wrote:
            return
        with contextlib.suppress(OSError):
            stamp = self._folder / "pruned"
            if stamp.exists() and time.time() - stamp.stat().st_mtime < _DAY:
                return
            stamp.touch()
            entries = [(entry.stat().st_mtime, entry) for entry in self._folder.glob("*/*")]
            for _, entry in sorted(entries, key=lambda pair: pair[0])[:-MAX_ENTRIES]:
                entry.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}.json"
