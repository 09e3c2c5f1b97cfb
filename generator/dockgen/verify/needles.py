"""Secrets as they may look in an image: plain, base64, URL-encoded, hexadecimal, UTF-16.

Base64 of a text inside a longer text depends on the offset modulo 3, so that three forms are looked for,
each cut to the characters that the neighbours cannot change (RFC 4648).
"""

from __future__ import annotations

import base64
import re
import secrets
import string
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

SHORTEST = 6
"""Secrets shorter than this many bytes occur by chance and are not looked for."""

MOST = 64
"""Places reported of one needle in one stretch of data."""

ALPHABET = string.ascii_letters + string.digits

_SECRET_PARTS = re.compile(
    r"(?:_auth(?:token)?|_password|password|passwd|token|secret|key)\"?\s*[=: ]\s*\"?([^\s\"',;]+)"
    r"|://[^/\s:@]*:([^@/\s]+)@"
    r"|(?<=/)(?=[\w-]*\d)(?=[\w-]*[A-Za-z])([\w-]{20,})(?=/)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Canary:
    """A value that must appear nowhere, and what it stands for (`secret npm-token`, `file .env`)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Needle:
    """Bytes to look for: which canary, in which form."""

    label: str
    form: str
    data: bytes


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


def secret_parts(value: str) -> list[str]:
    """Return the pieces of a secret file that are secret: of an .npmrc the token, not the registry.

    A long part of a path with letters and digits is a token too: so some indexes take theirs.
    """
    parts = ["".join(groups) for groups in _SECRET_PARTS.findall(value)]
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    found = parts or (lines if len(lines) <= 1 else [line for line in lines if len(line) >= 16])
    return [part for part in dict.fromkeys(found) if len(part.encode()) >= SHORTEST]


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
            Needle(canary.label, name.partition("#")[0], data)
            for canary in wanted
            for name, data in forms(canary.value).items()
        )

    @property
    def longest(self) -> int:
        """The bytes that two neighbouring chunks must share so that nothing is missed."""
        return max((len(needle.data) for needle in self.needles), default=1) + 256

    def search(self, data: bytes, start: int = 0) -> list[Hit]:
        """Return where needles are in the bytes, each at most MOST times; offsets count from `start`."""
        hits = []
        for needle in self.needles:
            at = data.find(needle.data)
            for _ in range(MOST):
                if at < 0:
                    break
                label = self._which(data[max(0, at - 8) : at + 96], needle)
                hits.append(Hit(label, needle.form, start + at))
                at = data.find(needle.data, at + len(needle.data))
        return hits

    def _which(self, window: bytes, needle: Needle) -> str:
        if needle.label != "a canary":
            return needle.label
        for canary in self.canaries:
            if any(data in window for data in forms(canary.value).values()):
                return canary.label
        return needle.label
