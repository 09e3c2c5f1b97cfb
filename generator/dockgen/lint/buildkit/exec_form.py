"""The JSON form of a command that needs no shell."""

from __future__ import annotations

import json

from dockgen.regexes import regex

# Words in which no shell sees anything to do.
_PLAIN = regex(r"[A-Za-z0-9_@%+=:,./-]+")
_ASSIGNMENT = regex(r"[A-Za-z_][A-Za-z0-9_]*=")
# What is no program of its own, or not in every image.
_BUILT_IN = (
    ". : alias bg break case cd command continue eval exec exit export fg for function getopts hash if jobs "
    "read readonly return set shift source times trap type ulimit umask unalias unset until wait while"
)


def exec_form(command: str) -> str | None:
    """Return the command as a JSON array; None where a shell would do more than split it."""
    words = command.split(" ")
    plain = [word for word in words if word]
    if not plain or not all(_PLAIN.fullmatch(word) for word in plain):
        return None
    if _ASSIGNMENT.match(plain[0]) or plain[0] in _BUILT_IN.split():
        return None
    return json.dumps(plain)
