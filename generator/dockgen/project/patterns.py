"""File patterns: `*`, `?`, `[..]`, `**` and `{a,b}`, over POSIX paths; a leading dot is not special.

A pattern may come out of a hostile file (the workspaces of a package.json), so the expressions made here
take at most quadratic time: each star that another fixed part follows is an atomic group.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from dockgen.errors import ProjectError
from dockgen.regexes import regex

MAX_ALTERNATIVES = 64
MAX_LENGTH = 1000
_SPECIAL = regex(r"[*?\[\]{}\\]")
_INTRICATE = regex(r"[?\[\]\\]")
_NAME = regex(
    r"(?P<deep>\*\*/)?(?P<folder>(?:[^*/]+/)*)(?P<before>[^*/]*)(?:\*(?P<after>[^*/]*))?", re.DOTALL
)
_BELOW = regex(r"(?P<deep>\*\*/)?(?P<folder>(?:[^*/]+/)+)\*\*", re.DOTALL)
_TOKEN = regex(
    r"\\(?P<escaped>.)|(?P<class>\[[!^]?+[^/][^]/]*\])|(?P<star>\*+)|(?P<any>\?)|(?P<text>.)", re.DOTALL
)


def is_literal(pattern: str) -> bool:
    """Whether the pattern names exactly one path."""
    return not _SPECIAL.search(pattern)


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the expression that matches whole paths; raises ProjectError for an unreasonable pattern."""
    if len(pattern) > MAX_LENGTH:
        raise _refused(pattern, f"longer than {MAX_LENGTH} characters")
    alternatives = [_path_expression(alternative) for alternative in _expanded(pattern)]
    try:
        return re.compile(rf"(?:{'|'.join(alternatives)})\Z", re.DOTALL)
    except (re.error, OverflowError) as error:
        raise _refused(pattern, str(error)) from error


@lru_cache(maxsize=512)
def matcher(pattern: str) -> Callable[[str], object]:
    """Return what tells whether a path (relative, no empty parts) fits; raises ProjectError as `compiled`.

    Most patterns are a name with one star, or all that is below a folder, here or in any folder. Comparing
    is enough for those: compiling an expression for each would be a twentieth of a short run.
    """
    if len(pattern) > MAX_LENGTH or _INTRICATE.search(pattern):
        return compiled(pattern).match
    alternatives = _expanded(pattern)
    plain = frozenset(one for one in alternatives if "*" not in one)
    tests = [_comparison(one) or compiled(one).match for one in alternatives if one not in plain]
    return lambda path: path in plain or any(test(path) for test in tests)


def _comparison(pattern: str) -> Callable[[str], bool] | None:
    """Return what does for a pattern without braces, by comparing; None where that is not enough."""
    if below := _BELOW.fullmatch(pattern):
        deep, folder = below.group("deep", "folder")
        return lambda path: path.startswith(folder) or (bool(deep) and f"/{folder}" in path)
    if name := _NAME.fullmatch(pattern):
        deep, folder, before, after = name.group("deep", "folder", "before", "after")
        return lambda path: _fits(path, bool(deep), folder, before, after)
    return None


def _fits(path: str, deep: bool, folder: str, before: str, after: str | None) -> bool:
    at = path.rfind("/") + 1
    inside, name = path[:at], path[at:]
    if inside != folder and not (deep and (not folder or inside.endswith(f"/{folder}"))):
        return False
    if after is None:
        return name == before
    return len(name) >= len(before) + len(after) and name.startswith(before) and name.endswith(after)


def _refused(pattern: str, reason: str) -> ProjectError:
    return ProjectError(
        f"the file pattern {pattern[:60]!r} cannot be used: {reason}", "Write a simpler pattern."
    )


def _expanded(pattern: str) -> list[str]:
    """Return the pattern once for each choice of its braces."""
    pending, done = [pattern], []
    while pending:
        head = pending.pop()
        choices = _first_braces(head)
        if choices is None:
            done.append(head)
        else:
            pending.extend(reversed(choices))
        if len(pending) + len(done) > MAX_ALTERNATIVES:
            raise _refused(pattern, f"it stands for more than {MAX_ALTERNATIVES} patterns")
    return done


def _first_braces(pattern: str) -> list[str] | None:
    """Return the alternatives that the first `{a,b}` stands for; None where there is none."""
    for start, end, commas in _brace_groups(pattern):
        if commas:
            cuts = [start, *commas, end]
            parts = [pattern[left + 1 : right] for left, right in pairwise(cuts)]
            return [pattern[:start] + part + pattern[end + 1 :] for part in parts]
    return None


def _brace_groups(pattern: str) -> list[tuple[int, int, list[int]]]:
    """Return each closed brace group, outermost first: start, end, and its own commas."""
    open_groups: list[tuple[int, list[int]]] = []
    groups: list[tuple[int, int, list[int]]] = []
    skip = False
    for index, character in enumerate(pattern):
        if skip or character == "\\":
            skip = not skip
        elif character == "{":
            open_groups.append((index, []))
        elif character == "," and open_groups:
            open_groups[-1][1].append(index)
        elif character == "}" and open_groups:
            start, commas = open_groups.pop()
            groups.append((start, index, commas))
    return sorted(groups)


def _path_expression(pattern: str) -> str:
    """Return the expression of a pattern without braces."""
    runs: list[list[str]] = [[]]
    segments = pattern.split("/")
    for segment in segments[:-1]:
        if segment == "**":
            if runs[-1] or len(runs) == 1:
                runs.append([])
        else:
            runs[-1].append(f"{_segment_expression(segment)}/")
    last = "[^/]+(?:/[^/]+)*" if segments[-1] == "**" else _segment_expression(segments[-1])
    head, *deep = ("".join(run) for run in runs)
    if not deep:
        return head + last
    middle = "".join(rf"(?>(?:[^/]+/)*?{run})" for run in deep[:-1])
    return rf"{head}{middle}(?:[^/]+/)*?{deep[-1]}{last}"


def _segment_expression(segment: str) -> str:
    """Return the expression of one path segment."""
    pieces: list[str] = [""]
    for token in _TOKEN.finditer(segment):
        if token["star"]:
            pieces.append("")
        else:
            pieces[-1] += _token_expression(token)
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle if piece) + f"[^/]*{last}"


def _token_expression(token: re.Match[str]) -> str:
    if token["any"]:
        return "[^/]"
    if token["class"]:
        inner = token["class"][1:-1]
        negated = inner[0] in "!^"
        inner = re.sub(r"([\\\[\]^&|~])", r"\\\1", inner[1:] if negated else inner)
        return f"[^/{inner}]" if negated else f"[{inner}]"
    return re.escape(token["escaped"] or token["text"])
