"""Which sources of ADD are downloads or git repositories.

Source: https://docs.docker.com/reference/dockerfile/#add and BuildKit's own reading of git references.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from dockgen.regexes import regex

_GIT = regex(r"(?i)^(git@[\w.-]+:|(?:git|ssh)://|github\.com/|https?://[^\s#?]+\.git(?:[#?]|$))")
_DOWNLOAD = regex(r"(?i)^https?://")


def is_download(source: str) -> bool:
    """Return whether a source is fetched over HTTP."""
    return bool(_DOWNLOAD.match(source.strip("\"'")))


def git_reference(source: str) -> str | None:
    """Return the branch, tag or commit that a git source names ('' for none); None if it is not git."""
    text = source.strip("\"'")
    if not _GIT.match(text):
        return None
    address, _, fragment = text.partition("#")
    query = parse_qs(urlsplit(address).query) if "?" in address else {}
    for key in ("commit", "checksum"):
        if key in query:
            return query[key][0]
    return fragment.partition(":")[0] or query.get("ref", [""])[0]
