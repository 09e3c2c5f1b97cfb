"""What BuildKit refuses once an instruction is split: flags, argument counts, names, the order of stages.

Source: https://docs.docker.com/reference/dockerfile/ and the behaviour of BuildKit's frontend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dockgen.dockerfile import heredocs
from dockgen.dockerfile.flags import flag_refusals
from dockgen.dockerfile.lexer import Lexer, LexError, Unknown
from dockgen.dockerfile.model import Dockerfile, Instruction, Problem
from dockgen.regexes import regex

_STAGE_NAME = regex(r"[a-z][a-z0-9-_.]*\Z")
_EXPANDED = frozenset(
    {"ADD", "ARG", "COPY", "ENV", "EXPOSE", "FROM", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"}
)
_SPECIAL = regex(r"['\"$]")
_NO_TRIGGERS = frozenset({"FROM", "MAINTAINER"})
_DURATION = regex(r"[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+\Z")
_DURATIONS = ("interval", "timeout", "start-period", "start-interval")


def refusals(dockerfile: Dockerfile) -> Iterator[Problem]:
    """Yield what BuildKit refuses in instructions that its parser could split."""
    staged = early = False
    for instruction in dockerfile.instructions:
        staged = staged or instruction.keyword == "FROM"
        for message in _messages(instruction):
            yield Problem(message, instruction.span)
        yield from _unfinished(instruction, dockerfile.escape)
        if not staged and instruction.keyword != "ARG" and instruction.keyword in _CHECKS:
            early = True
            yield Problem("no build stage in current context: FROM comes first", instruction.span)
    if dockerfile.instructions and not staged and not early:
        yield Problem("the Dockerfile contains no stages to build", dockerfile.instructions[-1].span)


def _messages(instruction: Instruction) -> Iterator[str]:
    check = _CHECKS.get(instruction.keyword)
    if check is None:
        yield f"unknown instruction: {instruction.written}"
        return
    yield from flag_refusals(instruction)
    yield from check(instruction)


def _unfinished(instruction: Instruction, escape: str) -> Iterator[Problem]:
    """Yield the words in which a quote or a brace is left open, where BuildKit expands variables."""
    if instruction.keyword not in _EXPANDED:
        return
    pairs = (word for pair in instruction.pairs for word in pair if word)
    for word in pairs if instruction.pairs else instruction.words:
        if not _SPECIAL.search(word.text):
            continue
        try:
            Lexer(word.text, Unknown, escape).run()
        except LexError as error:
            yield Problem(f"failed to process {word.text!r}: {error}", word.span)


def _at_least_one(instruction: Instruction) -> Iterator[str]:
    if not instruction.words:
        yield f"{instruction.keyword} requires at least one argument"


def _exactly_one(instruction: Instruction) -> Iterator[str]:
    if len(instruction.words) != 1:
        yield f"{instruction.keyword} requires exactly one argument"


def _anything(_instruction: Instruction) -> Iterator[str]:
    yield from ()


def _pairs(instruction: Instruction) -> Iterator[str]:
    yield from _at_least_one(instruction)
    if any(not key.text for key, _ in instruction.pairs):
        yield f"{instruction.keyword} names can not be blank"


def _copy(instruction: Instruction) -> Iterator[str]:
    if len(instruction.words) < 2:
        yield f"{instruction.keyword} requires at least two arguments: a source and a destination"
        return
    try:
        opened = heredocs.opening(instruction.words[-1].text)
    except LexError:
        return
    if opened:
        yield f"{instruction.keyword} cannot accept a heredoc as a destination"


def _from(instruction: Instruction) -> Iterator[str]:
    words = [word.text for word in instruction.words]
    if len(words) == 3 and words[1].lower() == "as":
        if not _STAGE_NAME.match(words[2].lower()):
            yield (
                f"invalid name for build stage: {words[2]!r}; it begins with a letter and has only letters, "
                "digits, '-', '_' and '.'"
            )
    elif len(words) != 1:
        yield "FROM requires either one or three arguments"


def _healthcheck(instruction: Instruction) -> Iterator[str]:
    words = [word.text for word in instruction.words]
    kind = words[0].upper() if words else ""
    if not words:
        yield "HEALTHCHECK requires at least one argument"
    elif kind == "NONE":
        if len(words) > 1:
            yield "HEALTHCHECK NONE takes no arguments"
    elif kind != "CMD":
        yield f"unknown type {kind!r} in HEALTHCHECK (try CMD)"
    elif len(words) < 2:
        yield "missing command after HEALTHCHECK CMD"
    else:
        yield from _health_options(instruction)


def _health_options(instruction: Instruction) -> Iterator[str]:
    for flag in instruction.flags:
        value = flag.value or ""
        if flag.name in _DURATIONS and value not in ("", "0", "+0", "-0") and not _DURATION.match(value):
            yield f"invalid duration {value!r} of --{flag.name}"
        if flag.name == "retries" and value and not re.fullmatch(r"\+?[0-9]{1,9}", value):
            yield f"--retries must be a number that is not negative, not {value!r}"


def _onbuild(instruction: Instruction) -> Iterator[str]:
    trigger = instruction.trigger
    if trigger is None:
        yield "ONBUILD requires at least one argument"
    elif trigger.keyword == "ONBUILD":
        yield "chaining ONBUILD via ONBUILD ONBUILD isn't allowed"
    elif trigger.keyword in _NO_TRIGGERS:
        yield f"{trigger.keyword} isn't allowed as an ONBUILD trigger"


def _shell(instruction: Instruction) -> Iterator[str]:
    yield from _at_least_one(instruction)
    if instruction.words and not instruction.json_form:
        yield "SHELL requires the arguments to be in JSON form"


def _volume(instruction: Instruction) -> Iterator[str]:
    yield from _at_least_one(instruction)
    if any(not word.text.strip() for word in instruction.words):
        yield "VOLUME specified can not be an empty string"


_CHECKS: dict[str, Callable[[Instruction], Iterator[str]]] = {
    "ADD": _copy,
    "ARG": _pairs,
    "CMD": _anything,
    "COPY": _copy,
    "ENTRYPOINT": _anything,
    "ENV": _pairs,
    "EXPOSE": _at_least_one,
    "FROM": _from,
    "HEALTHCHECK": _healthcheck,
    "LABEL": _pairs,
    "MAINTAINER": _exactly_one,
    "ONBUILD": _onbuild,
    "RUN": _anything,
    "SHELL": _shell,
    "STOPSIGNAL": _exactly_one,
    "USER": _exactly_one,
    "VOLUME": _volume,
    "WORKDIR": _exactly_one,
}
