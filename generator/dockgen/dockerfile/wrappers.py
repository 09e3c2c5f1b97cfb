"""Programs that only run another one: sudo, env, exec, time, gosu and their like.

Source: the manual pages of GNU coreutils, util-linux, sudo, doas, gosu, su-exec, tini and busybox.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class _Wrapper(NamedTuple):
    """How many operands come before the program, and which options take a value of their own."""

    operands: int = 0
    with_value: frozenset[str] = frozenset()


def _wrapper(operands: int = 0, with_value: str = "") -> _Wrapper:
    return _Wrapper(operands, frozenset(with_value.split()))


_WRAPPERS = {
    "builtin": _wrapper(),
    "busybox": _wrapper(),
    "chroot": _wrapper(1),
    "chrt": _wrapper(1),
    "command": _wrapper(),
    "coproc": _wrapper(),
    "doas": _wrapper(0, "-u -C"),
    "dumb-init": _wrapper(),
    "env": _wrapper(0, "-u --unset -C --chdir"),
    "exec": _wrapper(0, "-a"),
    "gosu": _wrapper(1),
    "ionice": _wrapper(0, "-c -n -p"),
    "nice": _wrapper(0, "-n --adjustment"),
    "nohup": _wrapper(),
    "setarch": _wrapper(1),
    "setpriv": _wrapper(0, "--reuid --regid --groups"),
    "setsid": _wrapper(),
    "stdbuf": _wrapper(0, "-i -o -e"),
    "su-exec": _wrapper(1),
    "sudo": _wrapper(0, "-u -g -h -p -C -D -R -T -U --user --group"),
    "time": _wrapper(0, "-f -o"),
    "timeout": _wrapper(1, "-k -s --kill-after --signal"),
    "tini": _wrapper(0, "-e -p"),
    "xargs": _wrapper(0, "-I -n -P -L -d -s -a -E"),
}


def unwrapped(words: Sequence[str]) -> int:
    """Return the index of the real program in a command's words; their number where there is none."""
    at = 0
    while at < len(words):
        wrapper = _WRAPPERS.get(words[at].rpartition("/")[2])
        if wrapper is None:
            return at
        behind = _behind(words, at, wrapper)
        if behind >= len(words):
            return at
        at = behind
    return at


def _behind(words: Sequence[str], at: int, wrapper: _Wrapper) -> int:
    name = words[at].rpartition("/")[2]
    at += 1
    operands = wrapper.operands
    while at < len(words):
        word = words[at]
        if word == "--":
            at += 1
            break
        if word.startswith("-") and len(word) > 1:
            at += 2 if word in wrapper.with_value else 1
        elif name in ("env", "sudo") and _is_assignment(word):
            at += 1
        else:
            break
    return at + operands


def _is_assignment(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and name.isidentifier()
