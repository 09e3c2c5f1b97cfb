"""Which flags each instruction takes, and what BuildKit refuses of them.

Source: https://docs.docker.com/reference/dockerfile/ and the behaviour of BuildKit's frontend.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from dockgen.dockerfile.model import Flag, Instruction
from dockgen.regexes import regex


class _Kind(enum.Enum):
    BOOLEAN = enum.auto()
    ONCE = enum.auto()
    REPEATED = enum.auto()


_COPY = {"chown": _Kind.ONCE, "chmod": _Kind.ONCE, "link": _Kind.BOOLEAN, "exclude": _Kind.REPEATED}
_KNOWN: dict[str, dict[str, _Kind]] = {
    "ADD": {**_COPY, "keep-git-dir": _Kind.BOOLEAN, "checksum": _Kind.ONCE, "unpack": _Kind.BOOLEAN},
    "COPY": {**_COPY, "from": _Kind.ONCE, "parents": _Kind.BOOLEAN},
    "FROM": {"platform": _Kind.ONCE},
    "HEALTHCHECK": dict.fromkeys(
        ("interval", "timeout", "start-period", "start-interval", "retries"), _Kind.ONCE
    ),
    "RUN": {
        "mount": _Kind.REPEATED,
        "device": _Kind.REPEATED,
        "network": _Kind.ONCE,
        "security": _Kind.ONCE,
    },
}
# BuildKit never looks at the flags of these.
_UNREAD = frozenset({"ARG", "STOPSIGNAL"})
_VALUES = {"network": ("default", "none", "host"), "security": ("insecure", "sandbox")}
_MOUNT_TYPES = ("bind", "cache", "tmpfs", "secret", "ssh")
_BOOLEAN_KEYS = frozenset({"readonly", "ro", "readwrite", "rw", "required"})
_MOUNT_KEYS = _BOOLEAN_KEYS | {
    *("type", "from", "source", "src", "target", "dst", "destination"),
    *("id", "sharing", "size", "mode", "uid", "gid", "env"),
}
_SHARING = ("shared", "private", "locked")
_VARIABLE = regex(r"\$.")


def flag_refusals(instruction: Instruction) -> Iterator[str]:
    """Yield what BuildKit refuses of an instruction's flags."""
    if instruction.keyword in _UNREAD or _is_health_none(instruction):
        return
    known = _KNOWN.get(instruction.keyword, {})
    seen: set[str] = set()
    for flag in instruction.flags:
        kind = known.get(flag.name)
        if kind is None:
            yield f"unknown flag: --{flag.name}"
            continue
        if flag.name in seen and kind is not _Kind.REPEATED:
            yield f"duplicate flag specified: --{flag.name}"
        seen.add(flag.name)
        yield from _value_refusals(flag, kind)


def _is_health_none(instruction: Instruction) -> bool:
    return instruction.keyword == "HEALTHCHECK" and [w.text.upper() for w in instruction.words[:1]] == [
        "NONE"
    ]


def _value_refusals(flag: Flag, kind: _Kind) -> Iterator[str]:
    if kind is _Kind.BOOLEAN:
        if flag.value == "":
            yield f"missing a value on flag: --{flag.name}"
        elif (flag.value or "true").lower() not in ("true", "false"):
            yield f"expecting boolean value for flag --{flag.name}, not: {flag.value}"
    elif flag.value is None:
        yield f"missing a value on flag: --{flag.name}"
    elif flag.name in _VALUES and flag.value not in _VALUES[flag.name]:
        yield f"invalid {flag.name} mode {flag.value!r}"
    elif flag.name == "mount":
        yield from _mount_refusals(flag)


def _mount_refusals(flag: Flag) -> Iterator[str]:
    kind = flag.options().get("type", "bind")
    for part in (flag.value or "").split(","):
        key, equals, value = part.partition("=")
        key = key.lower()
        if key == "from" and _VARIABLE.search(value):
            yield "'from' doesn't support variable expansion, define alias stage instead"
        if "$" in value or '"' in part:
            continue
        if not equals and key not in _BOOLEAN_KEYS:
            yield f"invalid field {part!r}: must be a key=value pair"
        elif key not in _MOUNT_KEYS:
            yield f"unexpected key {key!r} in {part!r}"
        elif key == "type" and value.lower() not in _MOUNT_TYPES:
            yield f"unsupported mount type {value!r}"
        elif key == "sharing" and value.lower() not in _SHARING:
            yield f"unsupported sharing value {value!r}"
        elif key == "required" and kind.lower() not in ("secret", "ssh") and "$" not in kind:
            yield f"unexpected key 'required' for mount type {kind!r}"
