"""`{glob: PATTERN, executable: true}`: which files are programs, and what each needs to start.

The value maps paths to kinds: `static` (an ELF program without a loader), `glibc` or `musl` (one that asks
for that loader), `foreign` (a program of Windows or macOS), and for scripts the name of the interpreter on
their first line, such as `sh` or `python3`. Files that are no programs are left out.
Sources: System V ABI, chapter 5 (program headers, PT_INTERP); execve(2) (`#!`).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from dockgen.project.facts import Found, Origin, Value
from dockgen.project.select import selected
from dockgen.project.tree import Tree

OPTIONS: frozenset[str] = frozenset()
# Headers and the loader's name stand at the beginning of what linkers make.
HEAD = 64 * 1024
MAX_SEGMENTS = 200
_PT_INTERP = 3
_EXECUTABLE_OR_SHARED = (2, 3)
_FOREIGN = (b"MZ", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one mapping, with the first program as its origin."""
    kinds: dict[str, Value] = {}
    for path in selected(tree, source):
        kind = kind_of(tree.head(path, HEAD) or b"")
        if kind:
            kinds[path] = kind
    return [(kinds, Origin(next(iter(kinds))))] if kinds else []


def kind_of(head: bytes) -> str:
    """Return the kind of a file that begins with these bytes; '' where it is no program."""
    if head.startswith(b"\x7fELF"):
        return _elf(head)
    if head.startswith(b"#!"):
        return _interpreter(head)
    return "foreign" if head.startswith(_FOREIGN) else ""


def _interpreter(head: bytes) -> str:
    line = head[2:256].split(b"\n", 1)[0].decode("utf-8", "replace").split()
    names = [word.rpartition("/")[2] for word in line]
    if names[:1] == ["env"]:
        names = [word for word in names[1:] if not word.startswith("-") and "=" not in word]
    return names[0] if names and names[0].isascii() and names[0].isprintable() else ""


def _elf(head: bytes) -> str:
    try:
        loader = _loader(head)
    except struct.error:
        return ""
    if loader is None:
        return ""
    if not loader:
        return "static"
    return "musl" if b"ld-musl" in loader else "glibc"


def _loader(head: bytes) -> bytes | None:
    """Return the name of the loader that an ELF file asks for, b'' for none; None where it is no program."""
    width, endian = struct.unpack_from("BB", head, 4)
    wide, order = width == 2, "<" if endian == 1 else ">"
    (kind,) = struct.unpack_from(f"{order}H", head, 16)
    if kind not in _EXECUTABLE_OR_SHARED:
        return None
    table, size, count = (
        struct.unpack_from(f"{order}Q", head, 32) + struct.unpack_from(f"{order}HH", head, 54)
        if wide
        else struct.unpack_from(f"{order}I", head, 28) + struct.unpack_from(f"{order}HH", head, 42)
    )
    for index in range(min(count, MAX_SEGMENTS)):
        at = table + index * size
        (segment,) = struct.unpack_from(f"{order}I", head, at)
        if segment == _PT_INTERP:
            (offset,) = struct.unpack_from(
                f"{order}Q" if wide else f"{order}I", head, at + (8 if wide else 4)
            )
            return head[offset : offset + 256].split(b"\0", 1)[0] or b"?"
    return b""
