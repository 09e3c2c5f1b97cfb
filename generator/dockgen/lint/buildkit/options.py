"""What a file says of the checks: `# check=skip=A,B;error=true;experimental=C`.

The directive at the head of the file holds for all of it; the same line in the comment above an
instruction holds for that instruction (Dockerfile syntax 1.21).
Source: https://docs.docker.com/reference/dockerfile/#check
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dockgen.lint.buildkit.model import Check
from dockgen.records import record
from dockgen.regexes import regex

_ALL = "all"
_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})
_COMMENT = regex(r"check\s*=\s*(?P<value>.+?)\s*", re.IGNORECASE | re.DOTALL)


@record
class Options:
    """Which checks are off, which experimental ones are on (`all` stands for each), and if they fail."""

    skip: frozenset[str] = frozenset()
    experimental: frozenset[str] = frozenset()
    error: bool = False

    def wants(self, check: Check) -> bool:
        """Return whether the check may speak; `skip` has no say over experimental checks."""
        if check.experimental:
            return bool(self.experimental & {check.name, _ALL})
        return not self.skip & {check.name, _ALL}

    def merged(self, other: Options) -> Options:
        """Return these options with those of a comment; `error` holds for the whole file only."""
        return Options(self.skip | other.skip, self.experimental | other.experimental, self.error)


def read(value: str) -> Options | None:
    """Return the options in a directive's value; None where BuildKit refuses it.

    All behind the first space is left out, as a place for the reason.
    """
    settings: dict[str, str] = {}
    text = value.partition(" ")[0].strip()
    for part in text.split(";", 2) if text else ():
        key, equals, setting = part.partition("=")
        if not equals or key.strip() not in {"skip", "experimental", "error"}:
            return None
        settings[key.strip()] = setting.strip()
    if settings.get("error", "0") not in _TRUE | _FALSE:
        return None
    return Options(
        _names(settings.get("skip", "")),
        _names(settings.get("experimental", "")),
        settings.get("error") in _TRUE,
    )


def in_comments(comments: Iterable[str]) -> Options:
    """Return the options that the comment lines above an instruction hold: the first one that has any."""
    for comment in comments:
        if match := _COMMENT.fullmatch(comment):
            return read(match["value"]) or Options()
    return Options()


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",") if name.strip())
