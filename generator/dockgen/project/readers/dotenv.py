"""`{file: .env.example, dotenv: true}`: the names of the variables; never their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dockgen.project.facts import Found, Origin, Value
from dockgen.project.select import selected
from dockgen.project.tree import Tree
from dockgen.regexes import regex

OPTIONS: frozenset[str] = frozenset()
_ASSIGNMENT = regex(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]{0,200})\s*[=:]\s*(.?)")


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one list of names for each file that has any, with the line of the first."""
    found: list[Found] = []
    for path in selected(tree, source):
        named = [*_names(tree.text(path) or "")]
        names: list[Value] = [*dict.fromkeys(name for name, _ in named)]
        if names:
            found.append((names, Origin(path, named[0][1])))
    return found


def _names(text: str) -> Iterator[tuple[str, int]]:
    """Yield names with their lines; lines inside of a quoted value are none."""
    quote = ""
    for number, line in enumerate(text.splitlines(), 1):
        if quote:
            quote = "" if line.replace(f"\\{quote}", "").count(quote) % 2 else quote
            continue
        if assignment := _ASSIGNMENT.match(line[:1_000]):
            yield assignment[1], number
            first = assignment[2]
            if first and first in "\"'`":
                value = line[assignment.start(2) :].replace(f"\\{first}", "")
                quote = first if value.count(first) % 2 else ""
