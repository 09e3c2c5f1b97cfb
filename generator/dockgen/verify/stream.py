"""Search of streams and of what is packed inside them, with a bound on all that is unpacked."""

from __future__ import annotations

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from dockgen.verify.needles import Haystack, Hit

CHUNK = 1 << 20
PACKED_LIMIT = 64 << 20
"""Files up to this many bytes are unpacked for the search."""
GZIP_MAGIC = b"\x1f\x8b\x08"
MAGICS = (GZIP_MAGIC, b"PK\x03\x04", b"\xfd7zXZ\x00", b"BZh")
DEEPEST = 3
MEMBERS = 5_000


class SearchingReader(io.RawIOBase):
    """Passes a stream on and searches every byte that goes through."""

    def __init__(self, source: BinaryIO, haystack: Haystack) -> None:
        self._source = source
        self._haystack = haystack
        self._tail = b""
        self.position = 0
        self.hits: list[Hit] = []

    def readable(self) -> bool:
        """Return True: the stream can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, having searched them together with the end of those before."""
        data = self._source.read(CHUNK if size is None or size < 0 else size)
        if data:
            joined = self._tail + data
            self.hits += self._haystack.search(joined, self.position - len(self._tail))
            self.position += len(data)
            self._tail = joined[-self._haystack.longest :]
        return data

    def drain(self) -> None:
        """Read to the end, so that nothing behind an end marker stays unseen."""
        while self.read(CHUNK):
            pass


@dataclass
class Unpacker:
    """Unpacks gzip, zip, xz and bzip2, also nested, within a budget of bytes for one layer."""

    haystack: Haystack
    budget: int = 1 << 30
    exhausted: bool = field(default=False, init=False)

    def search(self, data: bytes, depth: int = 0) -> list[Hit]:
        """Return what is found inside the packed data; damaged archives hold nothing."""
        if depth >= DEEPEST or not is_packed(data):
            return []
        hits: list[Hit] = []
        for inner in self._contents(data):
            hits += [Hit(hit.label, f"packed, {hit.form}", 0) for hit in self.haystack.search(inner)]
            hits += self.search(inner, depth + 1)
        return hits

    def gave_up(self) -> bool:
        """Say whether a bound cut something short since this was last asked."""
        before, self.exhausted = self.exhausted, False
        return before

    def _contents(self, data: bytes) -> Iterator[bytes]:
        if data.startswith(b"PK\x03\x04"):
            yield from self._zip(data)
        elif data.startswith(b"\xfd7zXZ\x00"):
            yield self._inflate(lzma.LZMADecompressor(), data)
        elif data.startswith(b"BZh"):
            yield self._inflate(bz2.BZ2Decompressor(), data)
        else:
            for at in _places(data, GZIP_MAGIC, 64):
                yield self._gunzip(data[at:])

    def _zip(self, data: bytes) -> Iterator[bytes]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for info in archive.infolist()[:MEMBERS]:
                    with archive.open(info) as member:
                        yield self._spend(member.read(self._allowance()))
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            OSError,
            EOFError,
            ValueError,
            zlib.error,
        ):
            return

    def _inflate(self, engine: lzma.LZMADecompressor | bz2.BZ2Decompressor, data: bytes) -> bytes:
        try:
            return self._spend(engine.decompress(data, self._allowance()))
        except (lzma.LZMAError, OSError, EOFError, ValueError):
            return b""

    def _gunzip(self, data: bytes) -> bytes:
        try:
            return self._spend(zlib.decompressobj(wbits=31).decompress(data, self._allowance()))
        except zlib.error:
            return b""

    def _allowance(self) -> int:
        # zlib takes 0 for "no limit": 1 keeps an exhausted budget bounded.
        return max(1, min(self.budget, PACKED_LIMIT))

    def _spend(self, data: bytes) -> bytes:
        self.budget -= len(data)
        self.exhausted = self.exhausted or self.budget <= 0 or len(data) >= PACKED_LIMIT
        return data


def is_packed(data: bytes) -> bool:
    """Say whether the bytes start as an archive, or hold gzip data further on."""
    return data.startswith(MAGICS) or (len(data) <= CHUNK and GZIP_MAGIC in data)


def _places(data: bytes, magic: bytes, most: int) -> Iterator[int]:
    at = data.find(magic)
    while at >= 0 and most:
        yield at
        most -= 1
        at = data.find(magic, at + 1)
