"""The patterns of ${name#pattern} and its like: `*` and `?`, matched without backtracking.

Source: POSIX parameter expansion, narrowed to what BuildKit takes. A regular expression would let a
hostile pattern take exponential time; this takes pattern length times value length.
"""

from __future__ import annotations

_STAR = "*"
_ANY = "?"
# Above this many steps the answer is "not known": no real value comes near.
_MOST_STEPS = 2_000_000


def tokens(pattern: str) -> list[str]:
    """Split a pattern: `*` and `?` are themselves, each other token is `=` and a character.

    Raises:
        ValueError: a backslash stands before a character that BuildKit does not let it escape.
    """
    found: list[str] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        at += 1
        if character == "\\":
            escaped = pattern[at : at + 1]
            if escaped not in ("}", "/", "*", "?", "\\"):
                raise ValueError(f"invalid escape \\{escaped}")
            found.append("=" + escaped)
            at += 1
        elif character in (_STAR, _ANY):
            found.append(character)
        else:
            found.append("=" + character)
    return found


def trim_start(value: str, pattern: list[str], *, longest: bool) -> str | None:
    """Return the value without the start that matches; None where that would take too long."""
    if len(value) * (len(pattern) + 1) > _MOST_STEPS:
        return None
    end = _match(value, 0, pattern, longest=longest)
    return value if end is None else value[end:]


def trim_end(value: str, pattern: list[str], *, longest: bool) -> str | None:
    """Return the value without the end that matches; None where that would take too long."""
    trimmed = trim_start(value[::-1], pattern[::-1], longest=longest)
    return None if trimmed is None else trimmed[::-1]


def replace(value: str, pattern: list[str], replacement: str, *, everywhere: bool) -> str | None:
    """Return the value with the first match, or each, replaced; None where it is not known."""
    if len(value) ** 2 * (len(pattern) + 1) > _MOST_STEPS:
        return None
    # Go reads `$` in the replacement as a reference to a group, and inserts at empty matches.
    if everywhere and ("$" in replacement or all(token == _STAR for token in pattern)):
        return None
    pieces: list[str] = []
    done = at = 0
    while at <= len(value):
        end = _match(value, at, pattern, longest=True)
        if end is None:
            at += 1
            continue
        pieces += [value[done:at], replacement]
        done = at = end
        if not everywhere:
            break
    return "".join(pieces) + value[done:]


def _match(value: str, start: int, pattern: list[str], *, longest: bool) -> int | None:
    """Return the end of the match that begins at `start`, if there is one."""
    states = _with_stars({0}, pattern)
    end = start if len(pattern) in states else None
    for at in range(start, len(value)):
        if not states or (end is not None and not longest):
            break
        states = _with_stars(_step(states, pattern, value[at]), pattern)
        if len(pattern) in states:
            end = at + 1
    return end


def _step(states: set[int], pattern: list[str], character: str) -> set[int]:
    after: set[int] = set()
    for state in states:
        token = pattern[state] if state < len(pattern) else ""
        if token == _STAR:
            after.add(state)
        elif token == _ANY or token == "=" + character:
            after.add(state + 1)
    return after


def _with_stars(states: set[int], pattern: list[str]) -> set[int]:
    """Add the states that are reached by letting stars match nothing."""
    closed = set(states)
    for state in states:
        while state < len(pattern) and pattern[state] == _STAR:
            state += 1  # noqa: PLW2901
            closed.add(state)
    return closed
