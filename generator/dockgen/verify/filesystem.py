"""The files of an image: its layers read once, laid over each other, and searched on the way.

Whiteouts as in https://github.com/opencontainers/image-spec/blob/main/layer.md
"""

from __future__ import annotations

import bisect
import posixpath
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from dockgen.errors import EngineError
from dockgen.verify.layout import Layout
from dockgen.verify.needles import Haystack
from dockgen.verify.oci import Image, Layer, unpacked
from dockgen.verify.stream import PACKED_LIMIT, SearchingReader, Unpacker, is_packed

ENTRIES = 3_000_000
KEEP_LIMIT = 16 << 20
KEPT = (
    "/etc/passwd",
    "/etc/group",
    "/etc/shadow",
    "/etc/os-release",
    "/usr/lib/os-release",
    "/var/lib/dpkg/status",
    "/lib/apk/db/installed",
    "/usr/lib/apk/db/installed",
)
KEPT_FOLDERS = ("/var/lib/dpkg/status.d/",)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, folder or link of a layer; `layer` is the layer's number from 0, `head` its first bytes."""

    path: str
    kind: str
    mode: int
    uid: int
    gid: int
    size: int
    target: str
    layer: int
    head: bytes = b""

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file (or a further name of one)."""
        return self.kind in {"file", "hardlink"}


@dataclass
class LayerContent:
    """What one layer holds: entries, whiteouts, unpacked bytes, and where canaries were found in it.

    `unopened` are archives that were too large to be unpacked as a whole.
    """

    entries: list[Entry] = field(default_factory=list)
    whiteouts: list[str] = field(default_factory=list)
    opaque: list[str] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)
    unpacked: int = 0
    found: list[str] = field(default_factory=list)
    unopened: list[str] = field(default_factory=list)


def read_layer(layout: Layout, layer: Layer, number: int, haystack: Haystack) -> LayerContent:
    """Read a layer once: list it and search its raw bytes and what is packed in its files."""
    content = LayerContent()
    with layout.open(layer.digest) as blob:
        reader = SearchingReader(unpacked(blob, layer), haystack)
        try:
            starts = _walk(reader, number, content, Unpacker(haystack))
            reader.drain()
        except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError) as error:
            raise EngineError(f"layer {layer.digest[:19]} cannot be read: {error}") from error
    offsets = [offset for offset, _ in starts]
    for hit in reader.hits:
        at = bisect.bisect_right(offsets, hit.offset) - 1
        content.found.append(f"{hit} in {starts[at][1] if at >= 0 else 'the archive itself'}")
    content.unpacked = reader.position
    return content


def _walk(
    reader: SearchingReader, number: int, content: LayerContent, unpacker: Unpacker
) -> list[tuple[int, str]]:
    starts: list[tuple[int, str]] = []
    # Stream mode reads strictly forward; members are dropped so that memory stays bounded.
    with tarfile.open(fileobj=cast("BinaryIO", reader), mode="r|", bufsize=1 << 20) as archive:
        for count, member in enumerate(archive):
            if count > ENTRIES:
                raise EngineError(f"a layer holds more than {ENTRIES} files")
            path = _absolute(member.name)
            starts.append((member.offset, path))
            _take(archive, member, path, number, content, unpacker)
            archive.members = []  # type: ignore[attr-defined]
    return starts


def _take(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    path: str,
    number: int,
    content: LayerContent,
    unpacker: Unpacker,
) -> None:
    folder, name = posixpath.split(path)
    if name == ".wh..wh..opq":
        content.opaque.append(folder)
    elif name.startswith(".wh."):
        content.whiteouts.append(posixpath.join(folder, name[4:]))
    head = b""
    if member.isreg() and member.size:
        head = _look_inside(archive, member, path, content, unpacker)
    if not name.startswith(".wh."):
        content.entries.append(_entry(member, path, number, head))


def _look_inside(
    archive: tarfile.TarFile, member: tarfile.TarInfo, path: str, content: LayerContent, unpacker: Unpacker
) -> bytes:
    stream = archive.extractfile(member)
    if stream is None:
        return b""
    keep = (path in KEPT or path.startswith(KEPT_FOLDERS)) and member.size <= KEEP_LIMIT
    data = stream.read(1 << 20)
    packed = is_packed(data)
    if (packed and member.size <= PACKED_LIMIT) or keep:
        data += stream.read(PACKED_LIMIT)
        content.found += [f"{hit} in {path}" for hit in unpacker.search(data)]
    if packed and (member.size > PACKED_LIMIT or unpacker.gave_up()):
        content.unopened.append(path)
    if keep:
        content.kept[path] = data
    return data[:4]


def _entry(member: tarfile.TarInfo, path: str, number: int, head: bytes) -> Entry:
    return Entry(
        path=path,
        kind=_kind(member),
        mode=member.mode & 0o7777,
        uid=member.uid,
        gid=member.gid,
        size=member.size,
        target=member.linkname,
        layer=number,
        head=head,
    )


def _kind(member: tarfile.TarInfo) -> str:
    if member.isdir():
        return "folder"
    if member.issym():
        return "symlink"
    if member.islnk():
        return "hardlink"
    return "file" if member.isreg() else "device"


def _absolute(name: str) -> str:
    return posixpath.normpath("/" + name.lstrip("/"))


@dataclass
class Filesystem:
    """The image as a container sees it."""

    entries: dict[str, Entry] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return a kept file's text, '' where there is none."""
        return self.kept.get(path, b"").decode(errors="replace")

    def resolve(self, path: str) -> Entry | None:
        """Return the entry behind a path, links in any component followed."""
        for _ in range(40):
            link = self._first_link(path)
            if link is None:
                return self.entries.get(path)
            head, target = link
            base = posixpath.join(posixpath.dirname(head), target)
            path = posixpath.normpath(base + path[len(head) :])
        return None

    def _first_link(self, path: str) -> tuple[str, str] | None:
        parts = path.strip("/").split("/")
        for count in range(1, len(parts) + 1):
            head = "/" + "/".join(parts[:count])
            entry = self.entries.get(head)
            if entry and entry.kind == "symlink":
                return head, entry.target
        return None

    def files(self) -> Iterator[Entry]:
        """Yield the regular files."""
        return (entry for entry in self.entries.values() if entry.is_file)


def overlay(contents: Iterable[LayerContent]) -> Filesystem:
    """Return the layers laid over each other, whiteouts applied."""
    system = Filesystem()
    for content in contents:
        gone = set(content.whiteouts)
        opaque = set(content.opaque)
        if gone or opaque:
            for path in [p for p in system.entries if _hidden(p, gone, opaque)]:
                del system.entries[path]
                system.kept.pop(path, None)
        for entry in content.entries:
            system.entries[entry.path] = _linked(entry, system)
        system.kept.update(content.kept)
    return system


def _linked(entry: Entry, system: Filesystem) -> Entry:
    if entry.kind != "hardlink":
        return entry
    origin = system.entries.get(_absolute(entry.target))
    if origin is None:
        return entry
    return Entry(
        entry.path,
        "hardlink",
        origin.mode,
        origin.uid,
        origin.gid,
        origin.size,
        entry.target,
        entry.layer,
        origin.head,
    )


def _hidden(path: str, gone: set[str], opaque: set[str]) -> bool:
    if path in gone:
        return True
    while path not in {"/", ""}:
        path = posixpath.dirname(path)
        if path in gone or path in opaque:
            return True
    return False


def read_all(image: Image, haystack: Haystack) -> list[LayerContent]:
    """Read every layer of an image."""
    return [read_layer(image.layout, layer, number, haystack) for number, layer in enumerate(image.layers)]
