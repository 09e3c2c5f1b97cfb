"""BuildKit's progress stream (`--progress=rawjson`): steps with times, cache hits and their output.

Source: https://docs.docker.com/reference/cli/docker/buildx/build/#progress and BuildKit's client.SolveStatus.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dockgen.verify.model import Step
from dockgen.verify.oci import listing, mapping

OUTPUT_LIMIT = 32 << 20
STEPS_LIMIT = 20_000


@dataclass
class _Vertex:
    name: str
    started: float | None = None
    completed: float | None = None
    cached: bool = False
    error: str = ""


@dataclass
class BuildLog:
    """What a build said: feed it lines, read its steps."""

    heard: Callable[[str], None] = lambda _: None
    raw: bytearray = field(default_factory=bytearray)
    output: bytearray = field(default_factory=bytearray)
    plain: list[str] = field(default_factory=list)
    truncated: bool = False
    _vertices: dict[str, _Vertex] = field(default_factory=dict)

    def feed(self, line: bytes) -> None:
        """Take one line of the stream; what is not JSON is kept as the engine's plain words."""
        if len(self.raw) + len(line) > OUTPUT_LIMIT:
            self.truncated = True
            return
        self.raw += line
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            event = None
        if not isinstance(event, dict):
            self.plain.append(line.decode(errors="replace").rstrip())
            return
        for vertex in listing(event.get("vertexes")):
            self._vertex(mapping(vertex))
        for log in listing(event.get("logs")):
            self._log(mapping(log))

    def steps(self) -> tuple[Step, ...]:
        """Return the steps that ran or were cached, times counted from the first of them.

        A step that another build made, or is making, and that is still at work is shared without a word: it
        tells that build's times, so it began before this one did, and it is as good as cached.
        """
        known = [v for v in self._vertices.values() if v.started is not None]
        origin = known[0].started or 0.0 if known else 0.0
        steps = [
            Step(
                v.name,
                max(0.0, (v.started or 0.0) - origin),
                max(0.0, (v.completed or 0.0) - origin),
                v.cached or (v.started or 0.0) < origin,
            )
            for v in known
        ]
        return tuple(sorted(steps, key=lambda step: (step.start, step.end)))

    def failures(self) -> list[str]:
        """Return `step: error` of each step that failed."""
        return [f"{v.name}: {v.error}" for v in self._vertices.values() if v.error]

    def tail(self, lines: int = 12) -> list[str]:
        """Return the last lines that the steps wrote."""
        return self.output.decode(errors="replace").splitlines()[-lines:]

    def _vertex(self, event: dict[str, Any]) -> None:
        key = str(event.get("digest"))
        if key not in self._vertices and len(self._vertices) >= STEPS_LIMIT:
            return
        name = str(event.get("name", ""))
        vertex = self._vertices.setdefault(key, _Vertex(name))
        if "started" in event:
            if vertex.started is None:
                self.heard(name)
            vertex.started = min(filter(None, (vertex.started, _seconds(event["started"]))), default=None)
        if "completed" in event:
            vertex.completed = _seconds(event["completed"])
        vertex.cached = vertex.cached or event.get("cached") is True
        vertex.error = str(event.get("error") or "") or vertex.error

    def _log(self, event: dict[str, Any]) -> None:
        try:
            self.output += base64.b64decode(str(event.get("data", "")))
        except (binascii.Error, ValueError):
            self.truncated = True


def _seconds(stamp: object) -> float | None:
    # BuildKit writes nanoseconds; fromisoformat takes six digits of a fraction at most.
    text = str(stamp)
    whole, dot, rest = text.partition(".")
    digits = rest.rstrip("Z")[:6].ljust(6, "0") if dot else "000000"
    try:
        return datetime.fromisoformat(f"{whole.rstrip('Z')}.{digits}+00:00").timestamp()
    except ValueError:
        return None
