"""Regular expressions that are compiled when they are first used.

Compiling one takes a tenth of a millisecond, and the rules know some hundreds, of which a file needs few.
"""

from __future__ import annotations

import re
from typing import Any, cast

_NAMES = frozenset(name for name in dir(re.Pattern) if not name.startswith("_"))


class _Later:
    """What `re.compile` returns, later: once compiled, its public attributes are this one's own."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _NAMES:
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        self.__dict__.update({known: getattr(compiled, known) for known in _NAMES})
        return getattr(compiled, name)


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return an expression as `re.compile` does; one that is wrong raises re.error when it is first used.

    Use its own methods: the functions of `re` take text or what `re.compile` returned.
    """
    return cast("re.Pattern[str]", _Later(text, flags))
