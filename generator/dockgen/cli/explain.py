"""`dockgen explain [PATH | RULE]`: why a project is what it is taken for, or what a rule means."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `dockgen explain`."""
    parser.add_argument(
        "subject", nargs="?", default=".", metavar="PATH|RULE", help="a project's folder or a rule's id"
    )
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="answer a question")
    parser.add_argument("--stacks", type=Path, action="append", default=[], metavar="DIR", help="more stacks")


def run(options: argparse.Namespace) -> int:
    """Run the command; a rule's id wins over a path of the same name."""
    from dockgen.lint import pages

    if pages.is_rule(options.subject) or (
        pages.is_named_like_one(options.subject) and not _is_there(options)
    ):
        print(pages.page(options.subject))
        return 0
    from dockgen.report.explain_text import explanation
    from dockgen.report.terminal import columns_of

    subject, columns = Path(options.subject), columns_of(sys.stdout)
    print(explanation(subject, tuple(options.set), tuple(options.stacks), columns))
    return 0


def _is_there(options: argparse.Namespace) -> bool:
    return Path(options.subject).exists()
