"""Version constraints as projects write them, decided for release cycles.

One grammar covers what PEP 440, npm ranges, go.mod and plain version files say, as far as it tells which
*cycle* (3.13, 24, 1.27) fits. Sources: https://packaging.python.org/en/latest/specifications/version-specifiers/
and https://github.com/npm/node-semver#ranges.
"""

from __future__ import annotations

import re

from dockgen.regexes import regex

Parts = tuple[int, ...]

_CLAUSE = regex(r"(?P<op>===|==|!=|>=|<=|~=|~>|~|\^|>|<|=)?\s*v?(?P<version>\d+(?:\.(?:\d+|[xX*]))*|[xX*])")
_HYPHEN = regex(r"(\S+)\s+-\s+(\S+)")


def parts(version: str) -> Parts:
    """Return the leading numbers of a version: '3.13.1-slim' gives (3, 13, 1)."""
    found = re.match(r"\D{0,3}?(\d+(?:\.\d+)*)", str(version))
    return tuple(int(number) for number in found[1].split(".")[:6]) if found else ()


def compare(left: str, right: str) -> int:
    """Return -1, 0 or 1; only as many numbers count as the shorter version has."""
    a, b = parts(left), parts(right)
    length = min(len(a), len(b))
    return (a[:length] > b[:length]) - (a[:length] < b[:length])


def in_range(version: str, constraint: str) -> bool:
    """Return whether a cycle can hold a release that meets the constraint.

    An upper bound inside a cycle (`<3.13.2`) leaves that cycle in; what cannot be read allows everything.
    """
    alternatives = re.split(r"\|\|?", str(constraint))
    return any(_meets_all(parts(version), alternative) for alternative in alternatives)


def _meets_all(cycle: Parts, text: str) -> bool:
    text = _HYPHEN.sub(r">=\1 <=\2", text.strip())
    clauses = list(_CLAUSE.finditer(text))
    return all(_meets(cycle, found["op"] or "", found["version"]) for found in clauses)


def _meets(cycle: Parts, operator: str, version: str) -> bool:
    wild = re.search(r"[xX*]", version)
    numbers = parts(version) if version[0] not in "xX*" else ()
    if not numbers or not cycle:
        return True
    length = min(len(cycle), len(numbers))
    left, right = cycle[:length], numbers[:length]
    exact = len(numbers) <= len(cycle)
    match operator:
        case "" | "=" | "==" | "===":
            return left == right
        case "!=":
            # A cycle is shut out only where the whole of it is: !=3.12.* but not !=3.12.4.
            return not (left == right and (wild is not None or exact))
        case ">=" | ">":
            return left >= right if operator == ">=" or not exact else left > right
        case "<":
            rest = any(numbers[length:])
            return left < right or (left == right and rest)
        case "<=":
            return left <= right
        case "~=" if len(numbers) > 1:
            return left >= right and cycle[: len(numbers) - 1] == numbers[: len(cycle)][: len(numbers) - 1]
        case "^":
            return left >= right and cycle[:1] == numbers[:1]
        case _:
            same = numbers[:2] if len(numbers) > 1 else numbers[:1]
            return left >= right and cycle[: len(same)] == same[: len(cycle)]
