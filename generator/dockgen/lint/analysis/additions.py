"""What an ADD does: copy, download or unpack.

Source: https://docs.docker.com/reference/dockerfile/#add (addresses, git references, local archives).
"""

from __future__ import annotations

import re

from dockgen.dockerfile.model import Instruction
from dockgen.lint.context import BuildContext
from dockgen.regexes import regex

# Names that ADD may unpack, or that hadolint's DL3010 calls an archive: both leave the line to ADD.
_ARCHIVE = regex(r"\.(?:tar|tar[.*].*|t?gz|tb2|t?bz2?|tbz2|t?xz|t?lz|lzma|t?zst|tz|tpz|z)\*?$", re.IGNORECASE)
_REMOTE = regex(r"(?:[a-z][a-z0-9+.-]*://|git@|github\.com/|[\w.-]+@[\w.-]+:)", re.IGNORECASE)
# Of the flags only these mean the same to COPY.
_SHARED_FLAGS = frozenset({"chown", "chmod", "link", "exclude"})


def sources_of(instruction: Instruction) -> list[str]:
    """Return the sources of ADD or COPY as written, here-documents among them."""
    return [word.text.strip("\"'") for word in instruction.words[:-1]]


def is_remote(source: str) -> bool:
    """Return whether ADD would fetch the source from elsewhere."""
    return bool(_REMOTE.match(source))


def is_archive(source: str) -> bool:
    """Return whether the name is one of an archive."""
    return bool(_ARCHIVE.search(source))


def is_plain_copy(instruction: Instruction, build: BuildContext | None) -> bool:
    """Return whether every source is surely a local file or folder that ADD would not unpack."""
    if any(flag.name not in _SHARED_FLAGS for flag in instruction.flags):
        return False
    sources = sources_of(instruction)
    return bool(sources) and all(_is_plain(source, build) for source in sources)


def _is_plain(source: str, build: BuildContext | None) -> bool:
    if source.startswith("<<"):
        return True
    if is_remote(source) or is_archive(source) or "$" in source:
        return False
    last = source.rstrip("/").rpartition("/")[2]
    if "*" in last or "?" in last:
        # A pattern may take an archive along: sure only where the files are known.
        return build is not None and not build.truncated and not any(map(is_archive, build.sent(source)))
    return True
