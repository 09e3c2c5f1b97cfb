"""Chunks of files linted by one process per core."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from dockgen.lint import buildkit, rules_loader
from dockgen.lint.engine import lint_jobs
from dockgen.lint.model import Finding
from dockgen.lint.store import Store

if TYPE_CHECKING:
    from dockgen.lint.files import FileJob

Found = tuple[tuple[Finding, ...], tuple[str, ...], bool]


def lint_chunks(
    chunks: Sequence[Sequence[FileJob]], store: Store | None, cores: int
) -> Iterator[list[Found]]:
    """Yield findings, notes and wholeness for each job of each chunk, in order.

    A worker that dies takes no file with it: what it left is linted here, one file after the other.
    """
    workers = min(cores, len(chunks))
    _load_rules(chunks)
    with ProcessPoolExecutor(workers, mp_context=_start_method()) as pool:
        futures = [pool.submit(_lint_chunk, chunk, store) for chunk in chunks]
        for chunk, future in zip(chunks, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield _lint_chunk(chunk, store)


def _start_method() -> multiprocessing.context.BaseContext:
    """A fork shares what is loaded; it is safe on Linux as long as there is one thread."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def _load_rules(chunks: Sequence[Sequence[FileJob]]) -> None:
    """Import the rules once: workers that are forks have them."""
    for profile in {job.settings.profile for chunk in chunks for job in chunk}:
        rules_loader.active_ids(profile, demands=False)
    buildkit.registered()


def _lint_chunk(chunk: Sequence[FileJob], store: Store | None) -> list[Found]:
    reports = lint_jobs([job.job() for job in chunk], store)
    return [(report.findings, report.notes, report.whole) for report in reports]
