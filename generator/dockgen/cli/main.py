"""The command line: options in, exit code out; every error ends here as a sentence."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
from collections.abc import Sequence

from dockgen import __version__
from dockgen.cli import streams
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
_EPILOG = "exit codes: 0 done, 1 findings or drift (nothing written), 2 could not run"


def parser() -> argparse.ArgumentParser:
    """Return the parser with every command's name; a command's own options are added when it is called."""
    made = argparse.ArgumentParser(
        prog="dockgen",
        description="Secure, linted, verified container setups.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=f"dockgen {__version__}")
    made.add_argument("--debug", action="store_true", help="show the traceback of an unexpected error")
    return made


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; the entry point of `dockgen`."""
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
        print(f"\n{STOPPED.get(_named(words), 'stopped')}", file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        return streams.reader_left()
    except Exception as error:
        if "--debug" in words:
            raise
        print(f"dockgen: unexpected {type(error).__name__}: {error}", file=sys.stderr)
        print("  this is a bug: run again with --debug and report the traceback", file=sys.stderr)
        return 2


def _dispatch(words: list[str]) -> int:
    main = parser()
    commands = main.add_subparsers(dest="command", metavar="COMMAND", required=True)
    named = _named(words)
    for name, summary in COMMANDS.items():
        made = commands.add_parser(
            name, help=summary, description=summary, epilog=_EPILOG, allow_abbrev=False
        )
        if name == named:
            module = importlib.import_module(f"dockgen.cli.{name}")
            module.add_options(made)
            made.set_defaults(run=module.run)
    options = main.parse_args(words)
    code: int = options.run(options)
    return code


def _named(words: list[str]) -> str:
    return next((word for word in words if not word.startswith("-")), "")


def _fail(error: DockgenError) -> int:
    # Messages quote project files: nothing in them may move the cursor or paint.
    from dockgen.report.terminal import printable

    text = f"dockgen: {error.message}" + (f"\n  {error.hint}" if error.hint else "")
    print("\n".join(map(printable, text.split("\n"))), file=sys.stderr)
    return error.exit_code


if __name__ == "__main__":
    sys.exit(run())
