"""`dockgen verify`: build the image, run it, and prove what its Dockerfile promises."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dockgen.errors import OutputError, ProjectError

if TYPE_CHECKING:
    from dockgen.verify.model import Evidence


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `dockgen verify`."""
    add = parser.add_argument
    add(
        "path",
        nargs="?",
        default=".",
        metavar="PATH",
        help="the project's folder, the build context (default: .)",
    )
    add("--file", "-f", type=Path, metavar="FILE", help="the Dockerfile (default: PATH/Dockerfile)")
    add("--target", default="", metavar="STAGE", help="the stage to build (default: the last)")
    add(
        "--engine",
        choices=("docker", "podman", "buildah"),
        default="",
        help="default: the first that answers",
    )
    add(
        "--secret",
        action="append",
        default=[],
        metavar="id=NAME,src=FILE",
        help="a working build secret (or env=)",
    )
    add("--ssh", action="append", default=[], metavar="default|ID=SOCKET", help="an SSH agent for the build")
    add("--build-arg", action="append", default=[], metavar="NAME=VALUE", help="a build argument")
    add("--network", choices=("default", "host", "none"), default="", help="the network of RUN instructions")
    add("--add-host", action="append", default=[], metavar="NAME:ADDRESS", help="a host for RUN instructions")
    add("--compare", type=Path, metavar="FILE", help="measure this Dockerfile's image too, to compare")
    add("--only", action="append", default=[], metavar="CHECK", help="run only this check (may be repeated)")
    add("--format", choices=("text", "json", "html"), default="text", help="what goes to standard output")
    add("--html", type=Path, metavar="FILE", help="write the HTML page as well")
    add("--verbose", "-v", action="store_true", help="show the evidence of passed checks too")
    add("--quiet", "-q", action="store_true", help="no progress on standard error")
    add("--list", action="store_true", help="list the checks and stop")


def run(options: argparse.Namespace) -> int:
    """Run the command; 0 all promises kept, 1 a check failed, 2 could not run."""
    if options.list:
        return _list()
    from dockgen.verify.ending import ENDING
    from dockgen.verify.engine.finding import find_engine
    from dockgen.verify.runner import verify
    from dockgen.verify.target import load_target, read_secret

    _known(options.only)
    target = load_target(
        Path(options.path),
        dockerfile=options.file,
        secrets=dict(read_secret(option) for option in options.secret),
        build_args=dict(_argument(option) for option in options.build_arg),
        network=options.network,
        ssh=tuple(options.ssh),
        compare=options.compare,
        hosts=tuple(options.add_host),
        stage=options.target,
    )
    say = _progress(options.quiet)
    engine = find_engine(options.engine, say)
    for name in ENDING:
        # nohup ignores SIGHUP: the run then outlives the terminal.
        if signal.getsignal(name) is not signal.SIG_IGN:
            signal.signal(name, _interrupt)
    evidence = verify(target, engine, say=say, only=options.only)
    _write(evidence, options)
    return 1 if evidence.failed else 0


def _write(evidence: Evidence, options: argparse.Namespace) -> None:
    from dockgen.verify.report.html_page import html_report
    from dockgen.verify.report.json_format import json_report
    from dockgen.verify.report.text import text_report

    if options.html:
        try:
            options.html.write_text(html_report(evidence), encoding="utf-8")
        except OSError as error:
            raise OutputError(f"{options.html} cannot be written: {error.strerror}") from error
    formats = {"text": lambda: text_report(evidence, verbose=options.verbose)}
    formats |= {"json": lambda: json_report(evidence), "html": lambda: html_report(evidence)}
    sys.stdout.write(formats[options.format]())


def _list() -> int:
    from dockgen.verify.checks import all_checks
    from dockgen.verify.model import PRACTICES

    for module in all_checks():
        for check in module.checks:
            print(f"{check.id:30} {PRACTICES[check.practice]}")
    return 0


def _known(names: list[str]) -> None:
    from dockgen.verify.checks import all_checks

    ids = {check.id for module in all_checks() for check in module.checks}
    for name in names:
        if name not in ids:
            raise ProjectError(f"there is no check {name!r}", "dockgen verify --list names them")


def _argument(option: str) -> tuple[str, str]:
    name, equals, value = option.partition("=")
    if not name or not equals:
        raise ProjectError(f"--build-arg {option!r} has no value", "write --build-arg NAME=VALUE")
    return name, value


def _progress(quiet: bool) -> Callable[[str], None]:
    def say(text: str) -> None:
        if not quiet:
            # The terminal may be gone (SIGHUP): what is left is to remove everything.
            with contextlib.suppress(OSError):
                print(text, file=sys.stderr, flush=True)

    return say


def _interrupt(*_: object) -> None:
    # An end by SIGTERM or a closed terminal must remove everything as Ctrl-C does.
    raise KeyboardInterrupt
