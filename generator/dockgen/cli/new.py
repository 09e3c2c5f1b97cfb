"""`dockgen new`: a project in, a container setup out."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dockgen.errors import AnswerError, DockgenError

if TYPE_CHECKING:
    from dockgen.setup.dialogue import Dialogue
    from dockgen.setup.draft import Drafter
    from dockgen.setup.each_dialogue import EachDialogue
    from dockgen.setup.new import Outcome, Request

# What a run goes on with when the files are drafted.
_NEXT = ("dockgen.setup.notices", "dockgen.render.digest", "dockgen.report.setup_text")


class StoppedError(DockgenError):
    """Ctrl-C after something was made that stays."""

    exit_code = 130


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `dockgen new`."""
    parser.add_argument(
        "path", nargs="?", default=".", metavar="PATH", help="the project's folder (default: .)"
    )
    parser.add_argument(
        "--yes", "-y", action="store_true", help="ask nothing: take what was detected and the defaults"
    )
    parser.add_argument("--each", action="store_true", help="set up every app of a repository, as one set")
    parser.add_argument(
        "--skip", action="append", default=[], metavar="PATH", help="with --each: leave the app there out"
    )
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="answer a question")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="answers from a YAML or JSON file")
    parser.add_argument("--output", type=Path, metavar="DIR", help="write into another folder")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, write nothing")
    parser.add_argument(
        "--diff", action="store_true", help="show the differences to what is there, write nothing"
    )
    parser.add_argument("--force", action="store_true", help="replace edited files, keeping numbered backups")
    parser.add_argument("--strict", action="store_true", help="stop at what else is only a warning")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    parser.add_argument("--stacks", type=Path, action="append", default=[], metavar="DIR", help="more stacks")
    parser.add_argument(
        "--templates", type=Path, action="append", default=[], metavar="DIR", help="more templates"
    )
    parser.add_argument(
        "--template", metavar="SOURCE", help="start from a cookiecutter template, folder or git"
    )
    parser.add_argument("--trust", action="store_true", help="let --template run its code on this machine")


def run(options: argparse.Namespace) -> int:
    """Run the command; 0 written, 1 refused by the linter, 2 could not run."""
    try:
        return _run(options)
    except DockgenError as error:
        if options.json:
            from dockgen.report.setup_json import error_as_json

            print(error_as_json(error))
        raise


def _run(options: argparse.Namespace) -> int:
    # Prompts would stand in the midst of what a program reads.
    ask = not options.yes and not options.json and sys.stdin.isatty() and sys.stdout.isatty()
    flags = tuple(options.set)
    path = Path(options.path)
    if options.skip and not options.each:
        raise AnswerError("--skip is for --each, which finds several apps", "leave it out")
    if options.each:
        return _each(options, path, flags, ask=ask)
    if options.template:
        from dockgen.setup.starter import split_flags, start

        if options.dry_run or options.diff:
            raise AnswerError(
                "--template renders files, and --dry-run and --diff write none",
                "render it first, then look: dockgen new --dry-run PATH",
            )

        flags, own = split_flags(flags)
        path = start(options.template, path, trust=options.trust, ask=ask, answers=own)
    from dockgen.setup.draft import ahead

    # Who is asked has time; and what waits for an answer should not hold memory twice.
    with contextlib.nullcontext() if ask else ahead(_NEXT) as drafter:
        outcome = _create(options, path, flags, ask=ask, drafter=drafter)
    if options.json:
        from dockgen.report.setup_json import as_json

        print(as_json(outcome))
    else:
        from dockgen.report.setup_text import as_text
        from dockgen.report.terminal import columns_of, wants_colour

        print(as_text(outcome, colour=wants_colour(sys.stdout), columns=columns_of(sys.stdout)))
    return outcome.exit_code


def _each(options: argparse.Namespace, path: Path, flags: tuple[str, ...], *, ask: bool) -> int:
    from dockgen.setup.each import create_each

    if options.template:
        raise AnswerError(
            "--template makes one app, and --each sets up those that are there",
            "leave one of them out",
        )
    outcome = create_each(_request(options, path, flags), tuple(options.skip), _about_each() if ask else None)
    if options.json:
        from dockgen.report.each_json import as_json

        print(as_json(outcome))
    else:
        from dockgen.report.each_text import as_text
        from dockgen.report.terminal import columns_of, wants_colour

        print(as_text(outcome, colour=wants_colour(sys.stdout), columns=columns_of(sys.stdout)))
    return outcome.exit_code


def _request(options: argparse.Namespace, path: Path, flags: tuple[str, ...]) -> Request:
    from dockgen.setup.new import Request

    return Request(
        path=path,
        flags=flags,
        answers=options.answers,
        output=options.output,
        yes=options.yes,
        write=not (options.dry_run or options.diff),
        diff=options.diff,
        force=options.force,
        strict=options.strict,
        stacks=tuple(options.stacks),
        templates=tuple(options.templates),
        today=datetime.date.today(),
    )


def _create(
    options: argparse.Namespace, path: Path, flags: tuple[str, ...], *, ask: bool, drafter: Drafter | None
) -> Outcome:
    from dockgen.setup.new import create

    request = _request(options, path, flags)
    try:
        return create(request, _dialogue() if ask else None, drafter)
    except KeyboardInterrupt as stop:
        if not options.template:
            raise
        raise StoppedError(f"stopped; the starter project stays in {path}, and has no setup yet") from stop


def _dialogue() -> Dialogue:
    from dockgen.answers import prompts
    from dockgen.setup.dialogue import Dialogue

    return Dialogue(prompts.ask, prompts.choose, print)


def _about_each() -> EachDialogue:
    from dockgen.answers import prompts
    from dockgen.setup.dialogue import Dialogue
    from dockgen.setup.each_dialogue import EachDialogue

    def fresh() -> Dialogue:
        return Dialogue(prompts.ask, prompts.choose, print, "go on with these answers")

    return EachDialogue(fresh, prompts.choose, prompts.tick, prompts.say)
