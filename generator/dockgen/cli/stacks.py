"""`dockgen stacks`, `dockgen stacks show NAME`, `dockgen stacks schema NAME`."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `dockgen stacks`."""
    parser.add_argument("action", nargs="?", choices=["list", "show", "schema"], default="list")
    parser.add_argument("name", nargs="?", metavar="NAME", help="the stack to show")
    parser.add_argument("--stacks", type=Path, action="append", default=[], metavar="DIR", help="more stacks")
    parser.add_argument("--json", action="store_true", help="machine-readable output")


def run(options: argparse.Namespace) -> int:
    """Run the command; always 0, errors are raised."""
    import json

    from dockgen.answers.schema import schema_of
    from dockgen.errors import AnswerError
    from dockgen.report import stacks_text
    from dockgen.setup.survey import headers_of, stack_named

    if options.action == "list":
        headers = headers_of(options.stacks)
        print(stacks_text.as_json(headers) if options.json else stacks_text.overview(headers))
        return 0
    if not options.name:
        raise AnswerError(
            f"`dockgen stacks {options.action}` needs a stack's name", "`dockgen stacks` lists them"
        )
    stack = stack_named(options.name, options.stacks)
    if options.action == "schema":
        print(json.dumps(schema_of(stack), indent=2))
    else:
        print(stacks_text.one_as_json(stack) if options.json else stacks_text.details(stack))
    return 0
