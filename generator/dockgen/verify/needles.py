"""Secrets as they may look in an image: plain, base64, URL-encoded, hexadecimal, UTF-16.

Base64 of a text inside a longer text depends on the offset modulo 3, so that three forms are looked for,
each cut to the characters that the neighbours cannot change (RFC 4648). Encoders write lines (base64 of 76
characters, PEM of 64, xxd of 60): of such forms two short stretches are looked for, of which a line's end can
cut only one.
"""

from __future__ import annotations

import base64
import secrets
import string
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

SHORTEST = 6
"""Secrets shorter than this many bytes occur by chance and are not looked for."""

LINE = 60
"""Characters of the shortest line that encoders write."""

STRETCH = 10
"""Characters of an encoded secret that do not occur by chance."""

MOST = 64
"""Places reported of one needle in one stretch of data."""

ALPHABET = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Canary:
    """A value that must appear nowhere, and what it stands for (`secret npm-token`, `file .env`)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Needle:
    """Bytes to look for: which canary, in which form; `whole` are the bytes of the whole form."""

    label: str
    form: str
    data: bytes
    whole: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A needle found at a byte offset."""

    label: str
    form: str
    offset: int

    def __str__(self) -> str:
        return f"{self.label} ({self.form})"


def fresh_value(marker: str) -> str:
    """Return a new random canary that starts with the run's marker."""
    return marker + "".join(secrets.choice(ALPHABET) for _ in range(24))


def fresh_marker() -> str:
    """Return the random start that all canaries of one run share."""
    return "dgc" + "".join(secrets.choice(ALPHABET) for _ in range(13))


def forms(value: str) -> dict[str, bytes]:
    """Return each distinct encoding of a value that can be searched for, by the form's name."""
    raw = value.encode()
    named = {
        "plain": raw,
        "URL-encoded": quote(value, safe="").encode(),
        "form-encoded": quote_plus(value).encode(),
        "hexadecimal": raw.hex().encode(),
        "UTF-16": value.encode("utf-16-le"),
    }
    for shift in range(3):
        core = _base64_core(raw, shift)
        named[f"base64/{shift}"] = core
        named[f"base64url/{shift}"] = core.translate(bytes.maketrans(b"+/", b"-_"))
    distinct: dict[bytes, str] = {}
    for name, data in named.items():
        if len(data) >= SHORTEST:
            distinct.setdefault(data, name.partition("/")[0])
    return {f"{name}#{index}": data for index, (data, name) in enumerate(distinct.items())}


def _base64_core(raw: bytes, shift: int) -> bytes:
    encoded = base64.b64encode(b"\0" * shift + raw)
    start = (0, 2, 3)[shift]
    whole_bits = (shift + len(raw)) * 8
    return encoded[start : whole_bits // 6]


def _stretches(form: str, data: bytes) -> tuple[bytes, ...]:
    """Return what is looked for of a form: itself, or where it may be written in lines two parts of it."""
    length = min(len(data) // 2, LINE // 2 - 1)
    if not form.startswith(("base64", "hexadecimal")) or length < STRETCH:
        return (data,)
    return data[:length], data[length : 2 * length]


@dataclass
class Haystack:
    """Searches streams for the canaries of one run."""

    canaries: tuple[Canary, ...]
    marker: str
    needles: tuple[Needle, ...] = field(init=False)

    def __post_init__(self) -> None:
        marked = [canary for canary in self.canaries if canary.value.startswith(self.marker)]
        given = [canary for canary in self.canaries if not canary.value.startswith(self.marker)]
        wanted = ([Canary("a canary", self.marker)] if marked else []) + given
        self.needles = tuple(
            Needle(canary.label, name.partition("#")[0], stretch, len(data))
            for canary in wanted
            for name, data in forms(canary.value).items()
            for stretch in _stretches(name, data)
        )

    @property
    def longest(self) -> int:
        """The bytes that two neighbouring chunks must share so that nothing is missed."""
        return max((needle.whole for needle in self.needles), default=1) + 256

    def search(self, data: bytes, start: int = 0) -> list[Hit]:
        """Return where needles are in the bytes, each at most MOST times; offsets count from `start`."""
        found: list[tuple[Needle, Hit]] = []
        for needle in self.needles:
            at = data.find(needle.data)
            for _ in range(MOST):
                if at < 0:
                    break
                found.append((needle, Hit(self._which(data, at, needle), needle.form, start + at)))
                at = data.find(needle.data, at + len(needle.data))
        return _once(found)

    def _which(self, data: bytes, at: int, needle: Needle) -> str:
        if needle.label != "a canary":
            return needle.label
        # Before `at` there is room for a first stretch, and for no canary as a whole.
        window = data[max(0, at - 32) : at + 104].translate(None, b"\r\n")
        places = [
            (place, canary.label)
            for canary in self.canaries
            for form in forms(canary.value).values()
            if (place := window.find(form)) >= 0
        ]
        return min(places)[1] if places else needle.label


def _once(found: list[tuple[Needle, Hit]]) -> list[Hit]:
    """Return the hits without the second stretches of what was found by its first."""
    hits: list[Hit] = []
    ends: dict[tuple[str, str], int] = {}
    for needle, hit in sorted(found, key=lambda pair: pair[1].offset):
        # The two alphabets of base64 share most stretches.
        key = (hit.label, hit.form.removesuffix("url"))
        if hit.offset >= ends.get(key, 0):
            hits.append(hit)
            ends[key] = hit.offset + needle.whole
    return hits
