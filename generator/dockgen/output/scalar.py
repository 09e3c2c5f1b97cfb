"""Text as YAML scalars that every YAML 1.1 and 1.2 parser reads back exactly.

Source: https://yaml.org/spec/1.2.2/#81-block-scalar-styles
"""

from __future__ import annotations

import json
import re

from dockgen.errors import OutputError
from dockgen.regexes import regex

_PLAIN = regex(r"[A-Za-z./][A-Za-z0-9_./+-]*(?::[A-Za-z0-9_][A-Za-z0-9_.+-]*)?\Z")
_NOT_TEXT = regex(
    r"(?:null|true|false|yes|no|on|off|y|n|[.](?:inf|nan)|[.][0-9_.e+-]*|[./-]*)\Z", re.IGNORECASE
)
# What a block scalar cannot hold, or what some parser takes for a line break.
_NOT_BLOCK = "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffd]"
# The same for ASCII, which compiles in a hundredth of the time.
_NOT_BLOCK_ASCII = r"[^\t\n\x20-\x7e]"


def scalar(text: str) -> str:
    """Return a text on one line: plain where no parser could take it for anything else, else quoted."""
    return text if _PLAIN.match(text) and not _NOT_TEXT.match(text) else quoted(text)


def quoted(text: str) -> str:
    """Return a text in double quotes, all but ASCII escaped; raises OutputError for half characters."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise OutputError(f"text that is not Unicode cannot be kept: {text[:40]!r}", "Rename it.") from error
    # JSON's escapes are YAML's, but for characters beyond U+FFFF, which JSON writes as two halves.
    escaped = "".join(c if ord(c) <= 0xFFFF else f"\0{ord(c):08X}" for c in text.replace("\0", "\0\0"))
    return re.sub(r"\\u0000(?:\\u0000|([0-9A-F]{8}))", _astral, json.dumps(escaped))


def _astral(match: re.Match[str]) -> str:
    return f"\\U{match[1]}" if match[1] else "\\0"


def block_scalar(text: str, indent: str) -> str:
    """Return a text as literal block, its lines indented; quoted where YAML has no such block for it."""
    last_line = text.rstrip("\n").rpartition("\n")[2]
    if not last_line.strip() or re.search(_NOT_BLOCK_ASCII if text.isascii() else _NOT_BLOCK, text):
        return quoted(text)
    lines = text.split("\n")
    # Without a number, the indentation is taken from the first line that is not empty.
    number = "2" if lines[0][:1] in ("", " ", "\t") else ""
    chomping = {0: "-", 1: ""}.get(len(text) - len(text.rstrip("\n")), "+")
    body = "".join(f"\n{indent}{line}" if line else "\n" for line in lines[: -1 if chomping != "-" else None])
    return f"|{number}{chomping}{body}"
