"""Which words of an instruction BuildKit expands, each on its own.

Source: https://docs.docker.com/reference/dockerfile/#environment-replacement and BuildKit's commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dockgen.dockerfile.model import Instruction
from dockgen.regexes import regex

_HEREDOC = regex(r"\d*<<-?\s*[^<]+")


def words(instruction: Instruction) -> Iterator[str]:
    """Yield the words; EXPOSE's are expanded too, but what is not set there goes unreported."""
    reader = _READERS.get(instruction.keyword)
    return reader(instruction) if reader else iter(())


def is_heredoc(word: str) -> bool:
    """Return whether a source of COPY or ADD stands for a here-document."""
    return bool(_HEREDOC.fullmatch(word))


def _all(instruction: Instruction) -> Iterator[str]:
    return (word.text for word in instruction.words)


def _pairs(instruction: Instruction) -> Iterator[str]:
    for key, value in instruction.pairs:
        yield key.text
        if value is not None:
            yield value.text


def _copied(instruction: Instruction) -> Iterator[str]:
    for flag in instruction.flags:
        if flag.name in {"chown", "chmod"} or (flag.name == "checksum" and instruction.keyword == "ADD"):
            yield flag.value or ""
    for word in instruction.words:
        if not is_heredoc(word.text):
            yield word.text


def _mounts(instruction: Instruction) -> Iterator[str]:
    for _, options in instruction.mounts():
        yield from options.values()


_READERS: dict[str, Callable[[Instruction], Iterator[str]]] = {
    "ADD": _copied,
    "COPY": _copied,
    "ENV": _pairs,
    "LABEL": _pairs,
    "RUN": _mounts,
    "STOPSIGNAL": _all,
    "USER": _all,
    "VOLUME": _all,
    "WORKDIR": _all,
}
