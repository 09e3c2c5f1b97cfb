"""The secrets that the user gave stay out of all that verify tells: a report is kept, a log read by many.

A value is found as it is, in the encodings that images are searched for, and behind the escapes of other
programs (unescaping.py). A secret of several lines is looked for line by line too, as logs have them. What is
short occurs in other words: of fewer than SHORTEST characters, or a line of fewer than LONG among others, a
value is found where it stands alone, as a word of its own. Of fewer than LEAST characters (`on`), or one of
`true`, `false`, `none` and `null`, it is told: such a value keeps no secret, and reports need the words.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from dockgen.verify.model import CheckResult, Evidence
from dockgen.verify.needles import SHORTEST, forms
from dockgen.verify.safe_text import CUT, clean
from dockgen.verify.secret_parts import LONG, named_parts, secret_lines
from dockgen.verify.target import Target
from dockgen.verify.unescaping import View, views

LEAST = 4
"""Characters of the shortest value that is looked for."""
_SAID = frozenset({"true", "false", "none", "null"})
_MOST_CUT = 4_096
_BROKEN = 4
"""Characters that the escapes of one may become where they are cut, and one more."""
_MOST_ESCAPED = 4_096


@dataclass(frozen=True, slots=True)
class Word:
    """What is looked for, what stands in its place, and whether it is found only as a word of its own."""

    value: str
    name: str
    alone: bool = False

    def places(self, view: View) -> Iterator[tuple[int, int]]:
        """Yield where it stands in the text as it is, the start of it before a cut too."""
        at = view.text.find(self.value)
        while at >= 0:
            end = at + len(self.value)
            if not self.alone or _is_alone(view.text, at, end):
                yield view.places[at], view.places[end]
            at = view.text.find(self.value, end)
        if CUT in view.text and self.value[:SHORTEST] in view.text:
            yield from self._starts(view)

    def _starts(self, view: View) -> Iterator[tuple[int, int]]:
        cut = view.text.find(CUT)
        while cut >= 0:
            if starts := [
                start for back in range(_BROKEN) if (start := self._start(view.text, cut - back)) >= 0
            ]:
                yield view.places[min(starts)], view.places[cut]
            cut = view.text.find(CUT, cut + 1)

    def _start(self, text: str, end: int) -> int:
        """Return where the value begins that stops at the end, -1 where none does."""
        for length in range(min(len(self.value) - 1, end, _MOST_CUT), SHORTEST - 1, -1):
            start = end - length
            if text.startswith(self.value[:length], start) and not (self.alone and _is_word(text, start - 1)):
                return start
        return -1


@dataclass(frozen=True)
class Redactor:
    """Puts the name of a secret in place of its value, in whichever form the value is written."""

    words: tuple[Word, ...]
    """What is looked for, none shorter than LEAST."""

    def text(self, text: str) -> str:
        """Return the text without any of the values."""
        if not self.words:
            return text
        found = {
            (start, end, word.name)
            for view in views(text)
            for word in self._likely(view.text)
            for start, end in word.places(view)
        }
        parts, at = list[str](), 0
        for start, end, name in _joined(found):
            parts += text[at:start], name
            at = end
        return "".join([*parts, text[at:]])

    def _likely(self, text: str) -> Iterator[Word]:
        """Yield the words that begin as something in the text does: a key file has thousands."""
        for begin in {text[at : at + LEAST] for at in range(len(text) - LEAST + 1)}:
            yield from self._by_begin.get(begin, ())

    @cached_property
    def _by_begin(self) -> dict[str, list[Word]]:
        words: dict[str, list[Word]] = {}
        for word in self.words:
            words.setdefault(word.value[:LEAST], []).append(word)
        return words

    def result(self, result: CheckResult) -> CheckResult:
        """Return a check's result without any of the values."""
        return replace(
            result, message=self.text(result.message), evidence=tuple(map(self.text, result.evidence))
        )

    def evidence(self, evidence: Evidence) -> Evidence:
        """Return all that was found without any of the values."""
        measures = evidence.measures
        layers = tuple(replace(layer, made_by=self.text(layer.made_by)) for layer in measures.layers)
        steps = tuple(replace(step, name=self.text(step.name)) for step in measures.steps)
        return replace(
            evidence,
            results=tuple(map(self.result, evidence.results)),
            measures=replace(measures, layers=layers, steps=steps),
        )


def redactor_of(target: Target) -> Redactor:
    """Return the redactor of the secrets, and of the build arguments named like secrets, of a target."""
    given = [
        (value.decode(errors="replace"), f"[secret {identity}]") for identity, value in target.secrets.items()
    ]
    given += [
        (value, f"[build argument {name}]")
        for name, found in target.secret_build_args.items()
        for value in found
    ]
    words: dict[str, Word] = {}
    for value, name in given:
        for word in _words(value, name):
            # Of two that have it in common, the one that finds more.
            if word.value not in words or not word.alone:
                words[word.value] = word
    return Redactor(tuple(words.values()))


def _words(value: str, name: str) -> Iterator[Word]:
    named, lines = named_parts(value), secret_lines(value)
    for whole in dict.fromkeys(text for part in (value.strip(), *named) for text in _unescaped(part)):
        yield from _spelled(whole, name, alone=len(whole) < SHORTEST)
    for line in lines if len(lines) > 1 else ():
        # A file that names its secrets has words of its own as well.
        if not (named and line.isalpha() and len(line) < LONG):
            yield from _spelled(line, name, alone=len(line) < LONG)


def _unescaped(part: str) -> Iterator[str]:
    """Yield a value as its file has it and as it is meant: JSON escapes it, an address does."""
    yield part
    if len(part) <= _MOST_ESCAPED:
        yield from (view.text for view in views(part))


def _spelled(value: str, name: str, *, alone: bool) -> Iterator[Word]:
    """Yield a value as it is, on one line, and encoded."""
    if len(value) < LEAST or value.lower() in _SAID:
        return
    plain = {value, " ".join(clean(value).split())}
    yield from (Word(text, name, alone) for text in sorted(plain) if text)
    yield from (Word(text, name) for text in _encoded(value) if text not in plain and len(text) >= SHORTEST)


def _encoded(value: str) -> Iterable[str]:
    raw = value.encode()
    whole = base64.b64encode(raw).decode().rstrip("=")
    found = [data.decode() for form, data in forms(value).items() if not form.startswith("UTF-16")]
    return dict.fromkeys([whole, whole.replace("+", "-").replace("/", "_"), raw.hex(), *found])


def _is_alone(text: str, start: int, end: int) -> bool:
    return not (_is_word(text, start - 1) or _is_word(text, end))


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _joined(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches in their order, those that overlap as one with the name of the longest."""
    held: tuple[int, int, str] | None = None
    longest = 0
    for start, end, name in sorted(found):
        if held is not None and start < held[1]:
            held = (held[0], max(end, held[1]), name if end - start > longest else held[2])
            longest = max(longest, end - start)
        else:
            if held is not None:
                yield held
            held, longest = (start, end, name), end - start
    if held is not None:
        yield held
