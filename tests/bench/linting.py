"""`dockgen lint` against hadolint, checkov and tally, on the same Dockerfiles."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import material
from bench.measuring import Contestant, Figures, Row, at_most, faster, in_turn

_FOUND = frozenset({0, 1})


@dataclass(frozen=True)
class Bench:
    """The files under test and how they are run on."""

    files: Path
    count: int
    rounds: int

    @property
    def names(self) -> list[str]:
        """The files, as all linters are given them: what Git ignores is found by name only."""
        return sorted(str(path.relative_to(self.files)) for path in self.files.rglob("Dockerfile"))

    def ours(self, *options: str, cold: bool = True) -> Contestant:
        """`dockgen lint`; `cold` forgets what earlier runs found. Data stays parsed, as a wheel brings it."""
        home = material.CACHE / "home"
        prepare = (lambda: void(material.empty(home / "dockgen" / "lint"))) if cold else (lambda: None)
        command = [_program("dockgen"), "lint", "--format", "json", *options, *self.names]
        return Contestant("dockgen lint", command, self.files, material.environment(home), _FOUND, prepare)

    def theirs(self, name: str, command: list[str], codes: frozenset[int] = _FOUND) -> Contestant:
        """Another linter in the same folder."""
        return Contestant(name, command, self.files, material.environment(material.CACHE / "home"), codes)

    def hadolint(self, *paths: str) -> Contestant:
        """One hadolint process on all files, or on those named."""
        named = paths or self.names
        return self.theirs("hadolint", [_program("hadolint"), "--no-fail", "--format", "json", *named])


def void(_: object) -> None:
    """Take a result that nobody needs."""


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def rows(corpus: Path | None, rounds: int, with_checkov: bool) -> Iterator[Row]:
    """Yield the comparisons; whoever cannot be had is named with the reason."""
    files, count, origin = material.dockerfiles(corpus)
    print(f"{count} Dockerfiles: {origin}", flush=True)
    bench = Bench(files, count, rounds)
    cold, own, hadolint = in_turn([bench.ours(), bench.ours("--no-hadolint"), bench.hadolint()], rounds)
    yield from _own(bench, hadolint)
    yield faster("the whole, cold, on all cores : one hadolint process", cold.wall, hadolint.wall, 1.5)
    again, _ = in_turn([bench.ours(cold=False), bench.hadolint("000/Dockerfile")], rounds)
    yield faster("the whole, the second time : one hadolint process", again.wall, hadolint.wall, 30)
    yield from _small(bench)
    yield from _tally(bench, cold)
    if with_checkov:
        yield from _checkov(bench, own)
    else:
        yield Row("own rules : checkov", "skipped: give CORPUS, or --with-checkov")
    yield _large(bench)


def _own(bench: Bench, hadolint: Figures) -> Iterator[Row]:
    command = [sys.executable, str(Path(__file__).parent / "own_rules.py"), str(bench.files)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    middle, average = map(float, told.stdout.split())
    what = "own rules and BuildKit's checks, one process, processor time a file"
    yield Row(what, f"median {middle:.2f} ms, mean {average:.2f} ms", "median ≤ 3 ms", middle <= 3)
    yield faster("the same : hadolint on all files", average * bench.count / 1000, hadolint.cpu, 10)


def _small(bench: Bench) -> Iterator[Row]:
    small = material.repository(bench.files.parent / "small")
    (small / "Dockerfile").write_text('FROM alpine:3.22\nUSER 1000:1000\nCMD ["true"]\n')
    one = Bench(small, 1, bench.rounds)
    ours, hadolint = in_turn([one.ours(), one.hadolint("Dockerfile")], max(bench.rounds, 7))
    yield at_most("one small file, cold : hadolint FILE", ours.wall, hadolint.wall, 5, "s")


def _tally(bench: Bench, cold: Figures) -> Iterator[Row]:
    try:
        tally = str(material.python_tool(material.TALLY, "tally"))
    except material.UnavailableError as error:
        yield Row(f"the whole, cold : {material.TALLY}", f"skipped: {error}")
        return
    # It stops at the first file that it cannot read, so each file is a run of its own, without the network.
    command = '"$0" lint --slow-checks off --format json "$file"'
    script = f"for file in */Dockerfile; do {command} >/dev/null 2>&1; done; true"
    found = in_turn([bench.theirs("tally", ["sh", "-c", script, tally])], 1, warm_up=False)[0]
    yield faster(f"the whole, cold : {material.TALLY}, a run a file", cold.wall, found.wall, 3)


def _checkov(bench: Bench, own: Figures) -> Iterator[Row]:
    try:
        checkov = str(material.python_tool(material.CHECKOV, "checkov"))
    except material.UnavailableError as error:
        yield Row(f"own rules : {material.CHECKOV}", f"skipped: {error}")
        return
    command = [
        checkov,
        "--directory",
        ".",
        "--framework",
        "dockerfile",
        "--quiet",
        "--compact",
        "--output",
        "json",
    ]
    found = in_turn([bench.theirs("checkov", command)], min(bench.rounds, 3))[0]
    yield faster(f"own rules, whole command : {material.CHECKOV}", own.wall, found.wall, 7)
    yield at_most("its largest process : checkov's", own.peak, found.peak, 0.2, "MiB")


def _large(bench: Bench) -> Row:
    folder = material.large()
    found = in_turn([Bench(folder, 1, 1).ours()], min(bench.rounds, 3))[0]
    return Row("10,000 instructions, whole command", f"{found.wall:.2f} s", "< 2 s", found.wall < 2)
