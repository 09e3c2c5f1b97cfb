"""Parser directives: `# syntax=`, `# escape=`, `# check=`, as BuildKit finds them.

Source: https://docs.docker.com/reference/dockerfile/#parser-directives and BuildKit's directive parser.
"""

from __future__ import annotations

import json

from dockgen.dockerfile.characters import SPACES
from dockgen.dockerfile.model import Directive, Position, Problem, Span
from dockgen.regexes import regex

_FORM = regex(r"([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*\Z")
_NAMES = frozenset({"syntax", "escape", "check"})
_ESCAPES = ("\\", "`")


def read(lines: list[str]) -> tuple[list[Directive], str, list[Problem]]:
    """Return the directives in force, the escape character and what BuildKit refuses.

    The file's parser reads `escape`; `syntax` and `check` are looked for apart from it: they may stand
    behind a `#!` line but not be indented, and `syntax` has two forms more (`// syntax=` and a JSON
    object), for front ends of other languages.
    """
    escape, problems = _escape(lines)
    shebang = int(lines[:1] != [] and lines[0].startswith("#!"))
    apart = _head(lines, "#", shebang)
    found = [directive for directive in apart if directive.name != "escape"]
    if not any(directive.name == "syntax" for directive in found):
        found += [d for d in _head(lines, "//", shebang) if d.name == "syntax"] or _json(lines, shebang)
    return sorted(found + escape, key=lambda directive: directive.span), _in_force(escape), problems


def _in_force(escape: list[Directive]) -> str:
    values = [directive.value for directive in escape if directive.value in _ESCAPES]
    return values[-1] if values else _ESCAPES[0]


def _escape(lines: list[str]) -> tuple[list[Directive], list[Problem]]:
    """Return the escape directive, read as the file's own parser does: blanks before `#` are fine."""
    found: list[Directive] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        directive = _directive(line.rstrip("\r").lstrip(SPACES), "#", number)
        if directive is None:
            break
        if directive.name in seen:
            message = f"only one {directive.name} parser directive can be used"
            return found, [Problem(message, directive.span)]
        seen.add(directive.name)
        if directive.name == "escape":
            found.append(directive)
            if directive.value not in _ESCAPES:
                message = f"invalid escape token '{directive.value}' does not match ` or \\"
                return found, [Problem(message, directive.span)]
    return found, []


def _head(lines: list[str], comment: str, skipped: int) -> list[Directive]:
    found: dict[str, Directive] = {}
    for number, line in enumerate(lines[skipped:], start=skipped + 1):
        directive = _directive(line, comment, number)
        if directive is None or directive.name in found:
            break
        found[directive.name] = directive
    return list(found.values())


def _directive(line: str, comment: str, number: int) -> Directive | None:
    if not line.startswith(comment):
        return None
    match = _FORM.match(line[len(comment) :].lstrip(SPACES))
    if match is None or match[1].lower() not in _NAMES:
        return None
    end = len(line.rstrip("\r")) + 1
    return Directive(match[1].lower(), match[2], Span(Position(number, 1), Position(number, end)))


def _json(lines: list[str], skipped: int) -> list[Directive]:
    if not "".join(lines[skipped : skipped + 1]).lstrip().startswith("{"):
        return []
    try:
        value = json.loads("\n".join(lines[skipped:]))
    except (ValueError, RecursionError):
        return []
    syntax = value.get("syntax")
    start = Position(skipped + 1, 1)
    return [Directive("syntax", syntax, Span(start, start))] if isinstance(syntax, str) else []
