"""Linting files: read, each with its build context, on all cores; known results come from the store."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dockgen.lint import context_roots, encoding, hadolint_configuration, notices
from dockgen.lint.discovery import Found, discover
from dockgen.lint.model import Context
from dockgen.lint.reports import Report
from dockgen.lint.settings import Settings
from dockgen.lint.store import Store
from dockgen.records import field, record, replace

if TYPE_CHECKING:
    from dockgen.lint.engine import Job

LARGEST = 16 * 1024 * 1024
# Files that one worker takes at a time, and from how many on workers pay for their start.
_CHUNK = 16
_WORTH_WORKERS = 24
# hadolint takes ten times what the other rules take: one process of them keeps up with it on so many cores.
_KEEPS_UP = 8


@record
class FileJob:
    """One file to lint; `root` is its build context, None where it is unknown (stdin)."""

    path: str
    source: str
    root: Path | None = None
    file: Path | None = None
    targets: frozenset[str] = frozenset()
    settings: Settings = field(default_factory=Settings)

    def job(self) -> Job:
        """Return the engine's job, the build context listed."""
        from dockgen.lint.engine import Job

        folder = self.file.parent if self.file else None
        context = Context(
            profile=self.settings.profile,
            build=context_roots.build_context(self.root, self.file) if self.root else None,
            locked=context_roots.locked(self.root, folder) if self.root else {},
            policy=self.settings.policy,
            today=datetime.datetime.now(datetime.UTC).date().isoformat(),
            other_targets=self.targets,
            root=self.root,
        )
        return Job(
            self.path, self.source, context, self.settings, self.hadolint_configuration(), place=self.place
        )

    @property
    def place(self) -> str:
        """The path inside the repository: folders above it say nothing of the file."""
        return context_roots.inside(self.file, self.root) if self.file else self.path

    def hadolint_configuration(self) -> Path | None:
        """Return hadolint's configuration for this file."""
        folder = self.file.parent if self.file else Path.cwd()
        return hadolint_configuration.nearest(folder.absolute())


def read(
    found: Sequence[Found], settings: Settings, folder: Path, *, context: Path | None = None
) -> list[FileJob | Report]:
    """Read Dockerfiles; one that cannot be read becomes a report that says so.

    `folder` is what per-path patterns count from, `context` a build context for all.
    """
    return [_read(each, settings, folder, context) for each in found]


def lint(entries: Sequence[FileJob | Report], store: Store | None = None) -> list[Report]:
    """Lint what was read, in its order. Raises EngineError for hadolint's own troubles."""
    reports = iter(lint_all([each for each in entries if isinstance(each, FileJob)], store))
    return [next(reports) if isinstance(each, FileJob) else each for each in entries]


def lint_files(
    paths: Sequence[Path], settings: Settings | None = None, *, store: Store | None = None
) -> list[Report]:
    """Find, read and lint the Dockerfiles that paths mean."""
    settings = settings or Settings()
    return lint(read(discover(paths, settings.exclude), settings, Path.cwd()), store)


def lint_all(jobs: Sequence[FileJob], store: Store | None = None) -> list[Report]:
    """Lint texts with their contexts on all cores, in their order."""
    keys = [encoding.report_key(job, store) if store else None for job in jobs]
    reports: dict[int, Report] = {}
    for number, key in enumerate(keys):
        known = encoding.known_report(jobs[number], key, store) if key and store else None
        if known is not None:
            reports[number] = known
    left = [number for number in range(len(jobs)) if number not in reports]
    for number, report in zip(left, _lint_on_all_cores([jobs[n] for n in left], store), strict=True):
        reports[number] = report
        key = keys[number]
        if key and store:
            encoding.keep_report(key, report, store)
    if store:
        store.prune()
    return [reports[number] for number in range(len(jobs))]


def _lint_on_all_cores(jobs: Sequence[FileJob], store: Store | None) -> Iterator[Report]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    keeps_up = cores == 1 or (cores <= _KEEPS_UP and any(job.settings.hadolint for job in jobs))
    if len(jobs) < _WORTH_WORKERS or keeps_up:
        if jobs:
            yield from _lint_here(jobs, store, cores)
        return
    chunks = _chunks(jobs, _CHUNK)
    from dockgen.lint import workers

    for chunk, results in zip(chunks, workers.lint_chunks(chunks, store, cores), strict=True):
        for job, (findings, notes, whole) in zip(chunk, results, strict=True):
            yield Report(job.path, job.source, findings, Context(root=job.root), notes, whole)


def _lint_here(jobs: Sequence[FileJob], store: Store | None, cores: int) -> Iterator[Report]:
    # Not at the top: parser and rules are for what the store does not know.
    from dockgen.lint.engine import lint_batches

    batches = ([each.job() for each in chunk] for chunk in _chunks(jobs, 2 * _CHUNK * cores))
    for reports in lint_batches(batches, store, lanes=cores):
        yield from reports


def _chunks(jobs: Sequence[FileJob], size: int) -> list[Sequence[FileJob]]:
    return [jobs[start : start + size] for start in range(0, len(jobs), size)]


def _read(found: Found, settings: Settings, folder: Path, context: Path | None) -> FileJob | Report:
    shown = found.path.as_posix()
    try:
        source = _text(found.path)
    except OSError as error:
        return _unreadable(shown, error.strerror or "it cannot be read")
    except ValueError as error:
        return _unreadable(shown, str(error))
    own = settings.for_path(_relative(found.path, folder)) if settings.per_path else settings
    root = context or found.context or context_roots.guessed(found.path, source)
    return FileJob(shown, source, root, found.path, found.targets, own)


def _text(path: Path) -> str:
    """Return a file's text; raises ValueError for what is no Dockerfile at all."""
    if not path.is_file():
        raise ValueError("it is not a file")
    # Unbuffered: a buffer is made for each file, and the whole is read at once.
    with path.open("rb", buffering=0) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST >> 20} MiB")
    return data.decode("utf-8", "replace")


def _unreadable(shown: str, reason: str) -> Report:
    return Report(shown, "", (notices.unreadable(shown, reason),))


def _relative(path: Path, folder: Path) -> str:
    absolute, base = Path(os.path.normpath(path.absolute())), Path(os.path.normpath(folder.absolute()))
    return (absolute.relative_to(base) if absolute.is_relative_to(base) else absolute).as_posix().lstrip("/")


def without_file(settings: Settings, source: str, *, context: Path | None = None) -> FileJob:
    """Return the job for text from standard input; its build context is unknown unless given."""
    return FileJob("stdin", source, root=context, settings=replace(settings, per_path=()))
