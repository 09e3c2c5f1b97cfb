"""Which files are programs, by their first bytes."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.errors import ProjectError
from dockgen.project.facts import read_source
from dockgen.project.readers.executable import HEAD, kind_of


def elf(loader: bytes = b"", kind: int = 2, wide: bool = True) -> bytes:
    """A file's ELF header with one segment, which names the loader where there is one."""
    header, segment = (64, 56) if wide else (52, 32)
    offset = header + segment
    ident = b"\x7fELF" + bytes([2 if wide else 1, 1, 1]) + bytes(9)
    body = (
        struct.pack("<HHIQQQIHHHHHH", kind, 62, 1, 0, header, 0, 0, header, segment, 1, 0, 0, 0)
        if wide
        else struct.pack("<HHIIIIIHHHHHH", kind, 3, 1, 0, header, 0, 0, header, segment, 1, 0, 0, 0)
    )
    entry = struct.pack("<I", 3 if loader else 1) + (struct.pack("<I", 5) if wide else b"")
    entry += struct.pack("<Q" if wide else "<I", offset)
    return (ident + body + entry).ljust(offset, b"\0") + loader + b"\0"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (elf(), "static"),
        (elf(kind=3), "static"),
        (elf(wide=False), "static"),
        (elf(b"/lib64/ld-linux-x86-64.so.2"), "glibc"),
        (elf(b"/lib/ld-linux.so.2", wide=False), "glibc"),
        (elf(b"/lib/ld-musl-aarch64.so.1"), "musl"),
        (elf(kind=1), ""),
        (b"\x7fELF", ""),
        (b"\x7fELF\x02", ""),
        (b"MZ\x90\0", "foreign"),
        (b"\xcf\xfa\xed\xfe", "foreign"),
        (b"#!/bin/sh -e\necho", "sh"),
        (b"#!/usr/bin/env -S A=1 python3 -u\n", "python3"),
        (b"#! /usr/bin/perl", "perl"),
        (b"#!/usr/bin/env\n", ""),
        (b"#!\n", ""),
        (b"# no program\n", ""),
        (b"", ""),
    ],
)
def test_kinds(head, kind):
    assert kind_of(head) == kind


@given(st.binary(max_size=300))
def test_no_bytes_fail(content):
    assert isinstance(kind_of(b"\x7fELF" + content), str)
    assert isinstance(kind_of(b"#!" + content), str)


def test_programs_are_found_however_large(make_tree):
    tree = make_tree({"bin/app": elf() + bytes(3 * 1024 * 1024), "run": b"#!/bin/bash\n", "notes": b"text"})
    (found,) = read_source(tree, {"glob": ["*", "bin/*"], "executable": True})
    assert (found[0], str(found[1])) == ({"run": "bash", "bin/app": "static"}, "run")
    assert len(tree.head("bin/app", HEAD)) == HEAD
    assert tree.head("none", HEAD) is None


def test_a_program_outside_is_refused(make_tree):
    tree = make_tree({"a": b"x"})
    (tree.root / "a").unlink()
    (tree.root / "a").symlink_to("/bin/sh")
    with pytest.raises(ProjectError, match="leads out of the project"):
        tree.head("a", HEAD)
