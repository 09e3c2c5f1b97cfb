"""What BuildKit makes of the arguments of each instruction.

Source: BuildKit's line parsers, one for each family of instructions.
"""

from __future__ import annotations

from collections.abc import Callable

from dockgen.dockerfile import splitting
from dockgen.dockerfile.characters import BLANKS
from dockgen.dockerfile.splitting import Piece
from dockgen.records import record

_NOT_STRINGS = "when using JSON array syntax, arrays must be comprised of strings only"


@record
class Arguments:
    """The arguments of one instruction; `problem` is why BuildKit refuses them."""

    words: list[Piece]
    pairs: list[tuple[Piece, Piece | None]]
    json_form: bool = False
    problem: str = ""


Reader = Callable[[str, int, int, str], Arguments]


def none(_text: str, _start: int, _end: int, _escape: str) -> Arguments:
    """Take no arguments: ONBUILD has a trigger instead, an unknown instruction nothing."""
    return Arguments([], [])


def single(text: str, start: int, end: int, _escape: str) -> Arguments:
    """Take all as one word."""
    return Arguments([Piece(text[start:end], start, end)] if start < end else [], [])


def listed(text: str, start: int, end: int, _escape: str) -> Arguments:
    """Take the words between blanks."""
    return Arguments(splitting.on_blanks(text, start, end), [])


def command(text: str, start: int, end: int, escape: str) -> Arguments:
    """Take a JSON array, or all as one word."""
    return _json(text, start, end) or single(text, start, end, escape)


def json_or_listed(text: str, start: int, end: int, escape: str) -> Arguments:
    """Take a JSON array, or the words between blanks."""
    return _json(text, start, end) or listed(text, start, end, escape)


def _json(text: str, start: int, end: int) -> Arguments | None:
    try:
        strings = splitting.json_strings(text, start, end)
    except splitting.NotStringsError:
        return Arguments([], [], problem=_NOT_STRINGS)
    return None if strings is None else Arguments(strings, [], json_form=True)


def health(text: str, start: int, end: int, escape: str) -> Arguments:
    """Take HEALTHCHECK's kind, and behind it a command."""
    kinds = splitting.on_blanks(text, start, end)[:1]
    if not kinds:
        return Arguments([], [])
    blank = BLANKS.match(text, kinds[0].end, end)
    begin = blank.end() if blank else end
    behind = command(text, begin, end, escape)
    return Arguments([*kinds, *behind.words], [], behind.json_form, behind.problem)


def names(text: str, start: int, end: int, escape: str) -> Arguments:
    """Take ARG's names, each with or without a value."""
    words = splitting.words(text, start, end, escape)
    return Arguments(words, [_pair(word) for word in words])


def key_values(text: str, start: int, end: int, escape: str) -> Arguments:
    """Take the pairs of ENV and LABEL, `name=value …` or the old `name value`."""
    words = splitting.words(text, start, end, escape)
    if words and "=" not in words[0].text:
        return _old_form(text, start, end)
    for word in words:
        if "=" not in word.text:
            problem = f"can't find = in {word.text!r}: must be of the form name=value"
            return Arguments(words, [_pair(word) for word in words if "=" in word.text], problem=problem)
    return Arguments(words, [_pair(word) for word in words])


def _old_form(text: str, start: int, end: int) -> Arguments:
    blank = BLANKS.search(text, start, end)
    if blank is None:
        return Arguments(listed(text, start, end, "").words, [], problem="it must have two arguments")
    key = Piece(text[start : blank.start()], start, blank.start())
    value = Piece(text[blank.end() : end], blank.end(), end)
    return Arguments([key, value], [(key, value)])


def _pair(word: Piece) -> tuple[Piece, Piece | None]:
    name, equals, value = word.text.partition("=")
    middle = word.start + len(name)
    key = Piece(name, word.start, middle)
    return key, Piece(value, middle + 1, word.end) if equals else None


ARGUMENTS: dict[str, Reader] = {
    "ADD": json_or_listed,
    "ARG": names,
    "CMD": command,
    "COPY": json_or_listed,
    "ENTRYPOINT": command,
    "ENV": key_values,
    "EXPOSE": listed,
    "FROM": listed,
    "HEALTHCHECK": health,
    "LABEL": key_values,
    "MAINTAINER": single,
    "ONBUILD": none,
    "RUN": command,
    "SHELL": command,
    "STOPSIGNAL": single,
    "USER": single,
    "VOLUME": json_or_listed,
    "WORKDIR": single,
}
