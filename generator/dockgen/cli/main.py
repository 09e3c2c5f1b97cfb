"""The command line: options in, exit code out; every error ends here as a sentence."""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from dockgen import __version__
from dockgen.cli import streams
from dockgen.cli.help_formatter import HelpFormatter
from dockgen.errors import DockgenError

COMMANDS = {
    "new": "write a container setup for a project",
    "lint": "lint Dockerfiles",
    "verify": "build an image and prove what its Dockerfile promises",
    "explain": "say what was detected and why, or what a rule means",
    "stacks": "list and show the stacks",
}
# What Ctrl-C leaves behind, where a command knows it.
STOPPED = {
    "new": "stopped; nothing was written",
    "verify": "stopped; what was started is removed",
}
_STYLE: dict[str, Any] = {
    "epilog": "exit codes: 0 done, 1 findings or drift (nothing written), 2 could not run",
    "allow_abbrev": False,
    "formatter_class": HelpFormatter,
}


def parser() -> argparse.ArgumentParser:
    """Return the parser with every command's name; a command's own options are added when it is called."""
    made = argparse.ArgumentParser(
        prog="dockgen", description="Secure, linted, verified container setups.", **_STYLE
    )
    made.add_argument("--version", action="version", version=f"dockgen {__version__}")
    made.add_argument("--debug", action="store_true", help="show the traceback of an unexpected error")
    return made


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # A process of a second or two: looking for cycles that often costs a tenth of it.
    gc.set_threshold(100_000)
    words = list(sys.argv[1:] if arguments is None else arguments)
    streams.make_robust()
    try:
        code = _dispatch(words)
        # Here and not at exit, where nobody could catch a reader that left.
        sys.stdout.flush()
        return code
    except DockgenError as error:
        return _fail(error)
    except KeyboardInterrupt:
        # A terminal that was closed takes no words.
        with contextlib.suppress(OSError):
            print(f"\n{STOPPED.get(_named(words), 'stopped')}", file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        return streams.reader_left()
    except Exception as error:
        if "--debug" in words:
            raise
        if isinstance(error, OSError) and error.errno in streams.FULL and error.filename is None:
            return _fail(DockgenError(f"the output cannot be written: {error.strerror}", "send it elsewhere"))
        print(f"dockgen: unexpected {type(error).__name__}: {error}", file=sys.stderr)
        print("  this is a bug: run again with --debug and report the traceback", file=sys.stderr)
        return 2


def main() -> NoReturn:
    """Run one command and end the process with its exit code: what `dockgen` starts.

    The process ends without freeing each of its objects first, which takes a twentieth of a short run.
    Nothing is left to do then: commands wait for the threads and processes that they start.
    """
    code = run()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _dispatch(words: list[str]) -> int:
    # The other commands' parsers are for the list of commands; making them takes milliseconds.
    command = words[0] if words else ""
    options = command_parser(command).parse_args(words[1:]) if command in COMMANDS else _parsed(words)
    code: int = options.run(options)
    return code


def command_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one command's own words."""
    made = argparse.ArgumentParser(prog=f"dockgen {name}", description=COMMANDS[name], **_STYLE)
    _add_options(made, name)
    return made


def _add_options(parser: argparse.ArgumentParser, name: str) -> None:
    module = importlib.import_module(f"dockgen.cli.{name}")
    module.add_options(parser)
    parser.set_defaults(run=module.run)


def _parsed(words: list[str]) -> argparse.Namespace:
    """Parse words that do not begin with a command."""
    main = parser()
    commands = main.add_subparsers(metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        made = commands.add_parser(name, help=summary, description=summary, **_STYLE)
        if name == _named(words):
            _add_options(made, name)
    return main.parse_args(words)


def _named(words: list[str]) -> str:
    return next((word for word in words if not word.startswith("-")), "")


def _fail(error: DockgenError) -> int:
    # Messages quote project files: nothing in them may move the cursor or paint.
    from dockgen.report.terminal import printable

    text = f"dockgen: {error.message}" + (f"\n  {error.hint}" if error.hint else "")
    print("\n".join(map(printable, text.split("\n"))), file=sys.stderr)
    return error.exit_code


if __name__ == "__main__":
    main()
