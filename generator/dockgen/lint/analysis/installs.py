"""Install commands of the languages' package managers: which of them may change or ignore their lock."""

from __future__ import annotations

from collections.abc import Sequence

from dockgen.lint.analysis.managers import MANAGERS, Manager, operands
from dockgen.records import record
from dockgen.regexes import regex

PROGRAMS = regex(rf"\b(?:{'|'.join(sorted({one.program for one in MANAGERS}))})\b")
_TAKES_NAMES = frozenset({"cargo", "uv", "dotnet"})


@record
class Unfrozen:
    """An install that may change or ignore the lock: the word to replace, and by what.

    A `text` that starts with a variable stands only where nothing (sudo, exec) goes before the program.
    """

    manager: Manager
    word: int
    text: str


def unfrozen(words: Sequence[str], settings: str) -> Unfrozen | None:
    """Return the install command that these words are, None where it keeps to its lock or is none.

    `words` are the command with its program first; `settings` is all that the stage sets beside it.
    """
    program = words[0].rpartition("/")[2] if words else ""
    return next(
        (found for one in MANAGERS if one.program == program if (found := _judged(one, words, settings))),
        None,
    )


def _judged(manager: Manager, words: Sequence[str], settings: str) -> Unfrozen | None:
    options = {word.partition("=")[0] for word in words if word.startswith("-")}
    places = operands(words)
    if manager.frozen & options or not manager.needs <= options or manager.settings.search(settings):
        return None
    if not places:
        text = f"{manager.variable or manager.program} {words[0] if manager.variable else manager.mend}"
        return Unfrozen(manager, 0, text) if manager.bare else None
    subcommand = words[places[0]]
    if subcommand not in manager.subcommands or (len(places) > 1 and manager.program not in _TAKES_NAMES):
        return None
    if manager.variable:
        return Unfrozen(manager, 0, f"{manager.variable} {words[0]}")
    return Unfrozen(manager, places[0], manager.mend.format(subcommand))
