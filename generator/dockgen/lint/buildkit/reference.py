"""Whether a text can be an image reference.

Source of the grammar: https://github.com/distribution/reference
"""

from __future__ import annotations

import re

from dockgen.regexes import regex

_HOST_PART = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_DOMAIN = regex(rf"(?:{_HOST_PART}(?:\.{_HOST_PART})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?")
_PATH_PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_PATH = regex(rf"{_PATH_PART}(?:/{_PATH_PART})*")
_REST = regex(r"(?P<path>[^:@]*)(?::(?P<tag>[^@]*))?(?:@(?P<digest>.*))?", re.DOTALL)
_TAG = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_IDENTIFIER = regex(r"[a-f0-9]{64}")
_DIGEST_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}
_LONGEST_NAME = 255
# Name, tag and digest together never come near; the patterns need not look at more.
_LONGEST = 1000


def is_reference(text: str) -> bool:
    """Return whether the front end would take the text for an image's name."""
    if len(text) > _LONGEST or _IDENTIFIER.fullmatch(text):
        return False
    domain, rest = _split_domain(text)
    match = _REST.fullmatch(rest)
    if not match or not _DOMAIN.fullmatch(domain) or not _PATH.fullmatch(match["path"]):
        return False
    tag, digest = match["tag"], match["digest"]
    return (
        len(domain) + 1 + len(match["path"]) <= _LONGEST_NAME
        and (tag is None or bool(_TAG.fullmatch(tag)))
        and (digest is None or _is_digest(digest))
    )


def _split_domain(text: str) -> tuple[str, str]:
    """Split as Docker does: the first part is a registry only if it looks like a host."""
    first, slash, rest = text.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost" or first != first.lower()):
        return first, rest
    return "docker.io", text if slash else f"library/{text}"


def _is_digest(text: str) -> bool:
    algorithm, _, value = text.partition(":")
    length = _DIGEST_LENGTHS.get(algorithm)
    return length is not None and bool(re.fullmatch(rf"[a-f0-9]{{{length}}}", value))
