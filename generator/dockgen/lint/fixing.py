"""Fixes on files: what would change, as a difference or written in one step each."""

from __future__ import annotations

import contextlib
import difflib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dockgen.dockerfile.parser import parse
from dockgen.errors import OutputError
from dockgen.lint import fixes
from dockgen.lint.engine import Job, lint_jobs
from dockgen.lint.files import FileJob
from dockgen.lint.knowledge.secret_files import secret_in
from dockgen.lint.knowledge.sources import local_sources
from dockgen.lint.model import Finding
from dockgen.lint.reports import Report
from dockgen.records import field, record, replace


@record
class Changes:
    """What mending changes: old and new bytes by file (old is None where there was none), and remarks.

    `piped` is the new text of what came by standard input, which is no file to write.
    """

    files: Mapping[Path, tuple[bytes | None, bytes]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    piped: tuple[bytes, bytes] | None = None

    def diff(self) -> str:
        """Return the changes as a unified difference."""
        rows = [*self.files.items(), *([(Path("stdin"), self.piped)] if self.piped else [])]
        return "".join(line for path, (old, new) in rows for line in _diff(path, old, new))

    def write(self) -> None:
        """Write each file in one step; raises OutputError."""
        for path, (_, new) in self.files.items():
            _write(path, new)


def mend_files(
    entries: Sequence[FileJob | Report], reports: Sequence[Report], *, unsafe: bool
) -> list[Changes]:
    """Return what mending changes in each file that has something to mend."""
    pairs = [(e, r) for e, r in zip(entries, reports, strict=True) if isinstance(e, FileJob)]
    return [_mended(entry, unsafe) for entry, report in pairs if any(_mendable(report, unsafe))]


def _mendable(report: Report, unsafe: bool) -> Iterator[Finding]:
    return (f for f in report.findings if f.fix and (unsafe or f.fix.safe))


def _mended(entry: FileJob, unsafe: bool) -> Changes:
    old = entry.file.read_bytes() if entry.file else entry.source.encode("utf-8", "replace")
    if old != entry.source.encode("utf-8", "replace"):
        return Changes(notes=(f"{entry.path}: not mended, since it is not valid UTF-8",))
    job = entry.job()
    before = {path: _read(entry, path) for path in _other_paths(entry)}

    def lint(text: str) -> Sequence[Finding]:
        return lint_jobs([replace(job, source=text)])[0].findings

    done = fixes.mend(entry.source, lint, unsafe=unsafe, others={p: t for p, t in before.items() if t})
    files: dict[Path, tuple[bytes | None, bytes]] = {}
    changed = (old, done.text.encode()) if done.text != entry.source else None
    if changed and entry.file:
        files[entry.file] = changed
    notes = [f"{entry.path}:{f.span.start.line}: {f.ids[0]} could not be mended" for f in done.refused]
    for path, text in done.others.items():
        known = before.get(path, _read(entry, path))
        if text == (known or "") or not entry.root:
            continue
        wrong = _harm(replace(job, source=done.text), path, text)
        if wrong:
            notes.append(f"{entry.path}: {path} is left as it is: {wrong}")
        else:
            files[_inside(entry.root, path)] = (known.encode() if known is not None else None, text.encode())
    return Changes(files, tuple(notes), changed if entry.file is None else None)


def _harm(job: Job, path: str, text: str) -> str | None:
    """Return why an ignore file of that text would not do, None where it mends what it is to mend.

    No file but those with secrets may drop out, none that a COPY names, and nothing may be left to mend.
    """
    build = job.context.build
    if build is None:
        return None
    after = build.ignoring(text, path)
    dropped = sorted(set(build.files) - set(after.files))
    harmless = next((one for one in dropped if not secret_in(build.root, one)), None)
    if harmless:
        return f"its new lines would leave {harmless} out, too"
    for _, word, source in local_sources(parse(job.source)):
        if any(build.sent(source)) and not any(after.sent(source)):
            return f"the build would miss {word.text}"
    context = replace(job.context, build=after)
    settings = replace(job.settings, hadolint=False)
    left = lint_jobs([replace(job, context=context, settings=settings)])[0].findings
    aside = (edit for finding in left if finding.fix for edit in finding.fix.edits)
    return "its new lines do not hold the files back" if any(edit.path == path for edit in aside) else None


def _other_paths(entry: FileJob) -> Iterator[str]:
    """The ignore files that a fix may add lines to."""
    if entry.root:
        yield ".dockerignore"
    if entry.root and entry.file:
        own = Path(os.path.relpath(entry.file.absolute(), entry.root.absolute()))
        yield own.with_name(own.name + ".dockerignore").as_posix()


def _read(entry: FileJob, path: str) -> str | None:
    if entry.root is None:
        return None
    try:
        return _inside(entry.root, path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _inside(root: Path, path: str) -> Path:
    """Return a file of the context; raises OutputError for one that lies elsewhere, by name or by link."""
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        raise OutputError(f"{path}: lies outside of the build context and is not written")
    return file


def _diff(path: Path, old: bytes | None, new: bytes) -> Iterator[str]:
    before = (old or b"").decode("utf-8", "replace").splitlines(keepends=True)
    after = new.decode("utf-8", "replace").splitlines(keepends=True)
    name = path.as_posix()
    source = "/dev/null" if old is None else f"a/{name}"
    for line in difflib.unified_diff(before, after, source, f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _write(path: Path, data: bytes) -> None:
    """Replace a file in one step and keep its mode; a link stays one, its target is replaced."""
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
