"""What of a given secret is secret: of an .npmrc the token, of an address the password, of a key its body."""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.regexes import regex
from dockgen.verify.needles import SHORTEST

LONG = 16
"""Characters of a line that does not occur by chance beside others."""

_NAMED = regex(
    r"(?i)(?:_auth(?:token)?|password|passwd|token|secret|key)(?:[\"']?\s{0,9}[=: ]\s{0,9}|>)"
    r"(?:\"((?:[^\"\\\n]|\\.)*)\"|'([^'\n]*)'|([^\s\"'<]+))"
)
_ENDED = regex(r"[,;]")
_PATH_TOKEN = regex(r"(?<=/)(?=[\w-]*\d)(?=[\w-]*[A-Za-z])([\w-]{20,})(?=/)")
# The rest is only looked at, so that an address in the same word is met as well.
_ADDRESS = regex(r"://([^/\s:@]{0,256})(?=(?::(\S{0,1024}))?@)")
_USER_TOKEN = regex(r"(?=.*\d)(?=.*[A-Za-z])[\w-]{20,}")
_PORT = regex(r"\d{1,5}[/?#]")
_CANDIDATES = 8


def secret_parts(value: str) -> list[str]:
    """Return the pieces of a secret file that an image is searched for, none of which occurs by chance.

    A long part of a path with letters and digits is a token too: so some indexes take theirs. Where nothing
    is named and no line is long, the lines count together.
    """
    lines = secret_lines(value)
    named = [part for part in named_parts(value) if _is_long(part)]
    long = lines if len(lines) == 1 else [line for line in lines if len(line) >= LONG]
    return [part for part in named or long or [value.strip()] if _is_long(part)]


def secret_lines(value: str) -> list[str]:
    """Return the lines of a secret without those that head and end a key, which every program has."""
    return [line.strip() for line in value.splitlines() if line.strip() and not line.startswith("-----")]


def named_parts(value: str) -> list[str]:
    """Return what a secret file calls password, token, secret or key, and what its addresses hold."""
    found = [part for groups in _NAMED.findall(value) for part in _ended("".join(groups))]
    found += passwords_of(value)
    found += [token for word in value.split() if "//" in word for token in _PATH_TOKEN.findall(word)]
    return [*dict.fromkeys(part for part in found if part)]


def passwords_of(text: str) -> list[str]:
    """Return the passwords in the addresses of a text as they stand there, and users that are tokens.

    RFC 3986 wants `/` and `@` of a password escaped, and many write them as they are: each `@` of the word
    may end it, so that there are several candidates. `https://host:8080/a@b` has a port and no password.
    """
    return [*dict.fromkeys(part for match in _ADDRESS.finditer(text) for part in _logins(*match.groups()))]


def _logins(user: str, rest: str | None) -> Iterator[str]:
    if _USER_TOKEN.fullmatch(user):
        yield user
    if rest and not _PORT.match(rest):
        ends = [place for place, letter in enumerate(rest) if letter == "@"][:_CANDIDATES]
        yield from (rest[:end] for end in [*ends, len(rest)] if end)


def _ended(part: str) -> list[str]:
    """Return a value up to where a list might go on, and as a whole; of a key that JSON holds the lines."""
    if part.startswith("-----"):
        return [line for line in secret_lines(part.replace("\\n", "\n")) if len(line) >= LONG]
    return [_ENDED.split(part, 1)[0], part.rstrip(",;)]}")]


def _is_long(part: str) -> bool:
    return len(part.encode()) >= SHORTEST
