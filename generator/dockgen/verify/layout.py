"""OCI image layouts as places to read blobs from: in a tar file or a folder, by digest, nothing unpacked.

Source of the format: https://github.com/opencontainers/image-spec/blob/main/image-layout.md
"""

from __future__ import annotations

import io
import json
import re
import tarfile
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from dockgen.errors import EngineError

JSON_LIMIT = 32 << 20
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class Layout(Protocol):
    """Where blobs are read from by digest."""

    def open(self, digest: str) -> BinaryIO:
        """Return the blob as a stream; EngineError where it is missing."""

    def index(self) -> dict[str, Any]:
        """Return the layout's index.json."""


class _Slice(io.RawIOBase):
    """A stretch of a file as a stream of its own."""

    def __init__(self, path: Path, offset: int, size: int) -> None:
        self._file = path.open("rb")
        self._file.seek(offset)
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


class TarLayout:
    """A layout inside a tar file, as `docker buildx build --output type=oci` writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, tuple[int, int]] = {}
        try:
            with tarfile.open(path, "r:") as archive:
                for member in archive:
                    if member.isreg():
                        self._places[member.name.removeprefix("./")] = (member.offset_data, member.size)
        except (tarfile.TarError, OSError, EOFError) as error:
            raise EngineError(f"the engine's image archive cannot be read: {error}") from error

    def open(self, digest: str) -> BinaryIO:
        """Return the blob as a stream."""
        return self._open(f"blobs/sha256/{_hex(digest)}")

    def index(self) -> dict[str, Any]:
        """Return index.json."""
        with self._open("index.json") as stream:
            return read_json(stream, "index.json")

    @property
    def names(self) -> frozenset[str]:
        """The names of the archive's files."""
        return frozenset(self._places)

    def size(self, name: str) -> int:
        """Return the bytes of one of the archive's files."""
        return self._places[name][1] if name in self._places else 0

    def open_file(self, name: str) -> BinaryIO:
        """Return one of the archive's files as a stream; EngineError where it is missing."""
        return self._open(name)

    def _open(self, name: str) -> BinaryIO:
        if name not in self._places:
            raise EngineError(f"the engine's image archive lacks {name}")
        return cast("BinaryIO", io.BufferedReader(_Slice(self._path, *self._places[name]), 1 << 20))


class DirectoryLayout:
    """A layout in a folder, as `--cache-to type=local` writes it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def open(self, digest: str) -> BinaryIO:
        """Return the blob as a stream."""
        return self._open(self._root / "blobs" / "sha256" / _hex(digest))

    def index(self) -> dict[str, Any]:
        """Return index.json."""
        with self._open(self._root / "index.json") as stream:
            return read_json(stream, "index.json")

    def _open(self, path: Path) -> BinaryIO:
        if path.is_symlink():
            raise EngineError(f"the exported build cache holds a link: {path.name}")
        try:
            return path.open("rb")
        except OSError as error:
            raise EngineError(f"the exported build cache lacks {path.name}") from error


def read_blob(layout: Layout, digest: str) -> bytes:
    """Return a small blob's bytes; EngineError where it is missing or larger than any metadata is."""
    with layout.open(digest) as stream:
        data = stream.read(JSON_LIMIT + 1)
    if len(data) > JSON_LIMIT:
        raise EngineError(f"the engine's blob {digest[:19]} is too large to be metadata")
    return data


def read_json(stream: BinaryIO, name: str) -> dict[str, Any]:
    """Return a JSON object read from a bounded stream."""
    return json_object(stream.read(JSON_LIMIT), name)


def json_object(raw: bytes, name: str) -> dict[str, Any]:
    """Return the JSON object in some bytes; EngineError where they are something else."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise EngineError(f"the engine's {name} is not JSON") from error
    if not isinstance(value, dict):
        raise EngineError(f"the engine's {name} is not a JSON object")
    return value


def _hex(digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise EngineError(f"the engine names a blob by an invalid digest: {digest[:80]!r}")
    return digest.removeprefix("sha256:")
