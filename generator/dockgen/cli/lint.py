"""`dockgen lint`: options in, report out, exit code 0 (clean), 1 (findings) or 2 (could not run)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dockgen.errors import AnswerError
from dockgen.records import replace
from dockgen.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dockgen.lint.config import Configuration
    from dockgen.lint.files import FileJob
    from dockgen.lint.fixing import Changes
    from dockgen.lint.reports import Report
    from dockgen.lint.settings import Settings

_STDIN = "-"
_PROFILES = ("default", "strict", "policy")
_THRESHOLDS = ("style", "info", "warning", "error", "never")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files, folders, bake or compose files, - for stdin (default: .)",
    )
    add("--profile", choices=_PROFILES, help="which of dockgen's own rules run")
    add(
        "--select",
        action="append",
        metavar="IDS",
        help="only these rules: ids or their beginnings, with commas",
    )
    add("--ignore", action="append", metavar="IDS", help="not these rules")
    add("--fail-on", choices=_THRESHOLDS, help="from which severity on the exit code is 1 (default: style)")
    add("--format", choices=FORMATS, default="text", dest="report_format", help="how findings are written")
    add("--output", metavar="FILE", help="write the report there instead of to stdout")
    add("--fix", action="store_true", help="mend what can be mended without changing what the image does")
    add("--fix-unsafe", action="store_true", help="mend also where the image may change")
    add("--diff", action="store_true", help="show what --fix would change, write nothing")
    add("--score", action="store_true", help="show how the file keeps the ten practices")
    add("--context", metavar="DIR", help="the build context of all files (default: guessed for each)")
    add("--config", metavar="FILE", help="configuration (default: .dockgen.toml or pyproject.toml above)")
    add("--no-hadolint", action="store_true", help="run without hadolint")
    add("--no-cache", action="store_true", help="neither read nor keep results of earlier runs")


def run(options: argparse.Namespace) -> int:
    """Lint and return the exit code; raises DockgenError where linting cannot run at all."""
    from dockgen.lint import context_roots, files
    from dockgen.lint.store import Store

    configuration = _configuration(options)
    store = None if options.no_cache else Store()
    piped = _standard_input() if _STDIN in options.paths else None
    entries = _entries(options, configuration, piped)
    reports = files.lint(entries, store)
    if options.diff:
        _mend(options, entries, reports)
    elif options.fix or options.fix_unsafe:
        changes = _mend(options, entries, reports)
        if piped is not None:
            piped = next((change.piped[1] for change in changes if change.piped), piped)
            _to_stdout(piped)
        if any(change.files or change.piped for change in changes):
            context_roots.forget()
            reports = files.lint(_entries(options, configuration, piped), store)
        # The mended text has standard output for itself.
        _write(_rendered(options, reports), options, aside=piped is not None)
    else:
        _write(_rendered(options, reports), options)
    for note in dict.fromkeys(note for report in reports for note in report.notes):
        print(f"dockgen: {note}", file=sys.stderr)
    failing = any(configuration.settings.fails(finding) for report in reports for finding in report.findings)
    return 1 if failing else 0


def _configuration(options: argparse.Namespace) -> Configuration:
    from dockgen.lint import config
    from dockgen.lint.settings import Settings

    start = Path.cwd()
    path = Path(options.config) if options.config else config.find(start)
    configuration = config.load(path) if path else config.Configuration(Settings(), start)
    return replace(configuration, settings=_overridden(configuration.settings, options))


def _overridden(settings: Settings, options: argparse.Namespace) -> Settings:
    """Return the configured settings with what the command line says instead."""
    from dockgen.lint import config

    if options.profile:
        settings = replace(settings, profile=config.profile(options.profile))
    if options.fail_on:
        settings = replace(settings, fail_on=config.threshold(options.fail_on))
    if options.select:
        settings = replace(settings, select=_ids("--select", options.select))
    if options.ignore:
        settings = replace(settings, ignore=(*settings.ignore, *_ids("--ignore", options.ignore)))
    return replace(settings, hadolint=settings.hadolint and not options.no_hadolint)


def _ids(option: str, values: Sequence[str]) -> tuple[str, ...]:
    from dockgen.lint import config

    words = tuple(word.strip() for value in values for word in value.split(",") if word.strip())
    try:
        return config.ids(words)
    except AnswerError as error:
        raise AnswerError(f"{option} {error.message}", "dockgen explain RULE describes a rule") from error


def _standard_input() -> bytes:
    """Read the Dockerfile that is piped in; raises AnswerError for one that is too large."""
    from dockgen.lint import files

    data = sys.stdin.buffer.read(files.LARGEST + 1)
    if len(data) > files.LARGEST:
        raise AnswerError(f"standard input is larger than {files.LARGEST >> 20} MiB")
    return data


def _entries(
    options: argparse.Namespace, configuration: Configuration, piped: bytes | None
) -> list[FileJob | Report]:
    """Read what the paths mean; raises DockgenError where there is nothing to lint."""
    from dockgen.lint import discovery, files

    settings, paths = configuration.settings, options.paths or ["."]
    context = Path(options.context) if options.context else None
    if context and not context.is_dir():
        raise AnswerError(f"--context {context}: there is no such folder")
    found = discovery.discover([Path(path) for path in paths if path != _STDIN], settings.exclude)
    entries = files.read(found, settings, configuration.folder, context=context)
    if piped is not None:
        entries.append(files.without_file(settings, piped.decode("utf-8", "replace"), context=context))
    if not entries:
        raise _nothing_found(paths)
    return entries


def _nothing_found(paths: Sequence[str]) -> AnswerError:
    from dockgen.lint.build_files import is_build_file

    named = [path for path in paths if Path(path).is_file() and is_build_file(Path(path))]
    what = (
        "no build with a Dockerfile that is there" if len(named) == len(paths) else "no Dockerfile was found"
    )
    return AnswerError(f"{', '.join(paths)}: {what}", "name one: dockgen lint PATH")


def _mend(
    options: argparse.Namespace, entries: Sequence[FileJob | Report], reports: Sequence[Report]
) -> list[Changes]:
    """Mend the files, or show how; return what changes."""
    from dockgen.lint import fixing
    from dockgen.report.terminal import printable

    changes = fixing.mend_files(entries, reports, unsafe=options.fix_unsafe)
    for note in (note for change in changes for note in change.notes):
        print(f"dockgen: {note}", file=sys.stderr)
    for change in changes:
        if options.diff:
            shown = change.diff()
            safe = "".join(printable(line) + "\n" for line in shown.splitlines())
            _write(safe if sys.stdout.isatty() else shown, options)
        else:
            change.write()
    return changes


def _rendered(options: argparse.Namespace, reports: list[Report]) -> str:
    from dockgen import report
    from dockgen.report.terminal import wants_colour

    colour = options.output is None and wants_colour(sys.stdout)
    if options.score and options.report_format == "text":
        from dockgen.report import scorecard_text

        return scorecard_text.render(reports, colour=colour)
    return report.render(options.report_format, reports, colour=colour)


def _write(text: str, options: argparse.Namespace, *, aside: bool = False) -> None:
    """Write a report where it is wanted; `aside` keeps standard output free of it."""
    if options.output:
        Path(options.output).write_text(text, "utf-8", newline="\n")
    elif aside:
        sys.stderr.write(text)
    else:
        _to_stdout(text.encode("utf-8", "replace"))


def _to_stdout(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
