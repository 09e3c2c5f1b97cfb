"""Commands timed in turn, and what came of it as rows of a table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

MAX_SECONDS = 600


@dataclass(frozen=True)
class Contestant:
    """A command; `prepare` runs before each start and is not timed. Any of `codes` counts as done."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    codes: frozenset[int] = frozenset({0})
    prepare: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Figures:
    """Medians of one contestant's runs: wall seconds, processor seconds, MiB of its largest process."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Row:
    """One line of the table; `met` is None where there is no goal or it could not be measured."""

    what: str
    figures: str
    goal: str = ""
    met: bool | None = None


def in_turn(contestants: Sequence[Contestant], rounds: int, warm_up: bool = True) -> list[Figures]:
    """Run the contestants in turn, so that a machine that slows down slows all of them."""
    if warm_up:
        for contestant in contestants:
            _once(contestant)
    runs = [[_once(contestant) for contestant in contestants] for _ in range(rounds)]
    return [
        Figures(*(median(getattr(run[n], name) for run in runs) for name in ("wall", "cpu", "peak")))
        for n in range(len(contestants))
    ]


def _once(contestant: Contestant) -> Figures:
    contestant.prepare()
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            contestant.command,
            cwd=contestant.folder,
            env=dict(contestant.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in contestant.codes:
            output.seek(0)
            told = output.read().decode(errors="replace")[-2000:]
            sys.exit(f"{contestant.name} ended with {process.returncode}:\n{told}")
    bytes_each = 1 if sys.platform == "darwin" else 1024
    return Figures(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * bytes_each / 2**20)


def at_most(what: str, ours: float, theirs: float, goal: float, unit: str) -> Row:
    """A row in which ours may be `goal` times theirs."""
    ratio = ours / theirs
    return Row(what, f"{ours:.2f} : {theirs:.2f} {unit} = {ratio:.2f}", f"≤ {goal:.2f}", ratio <= goal)


def faster(what: str, ours: float, theirs: float, goal: float) -> Row:
    """A row in which theirs must take at least `goal` times as long as ours."""
    ratio = theirs / ours
    return Row(what, f"{ours:.2f} : {theirs:.2f} s = {ratio:.1f}× as fast", f"≥ {goal:.1f}×", ratio >= goal)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | measured | goal | met |", "|---|---|---|---|"]
    words = {True: "yes", False: "**no**", None: ""}
    return "\n".join([*lines, *(f"| {r.what} | {r.figures} | {r.goal} | {words[r.met]} |" for r in rows)])
