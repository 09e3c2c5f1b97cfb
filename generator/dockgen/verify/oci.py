"""Reading of OCI image layouts without unpacking them: nothing of an image touches the disk.

Source of the format: https://github.com/opencontainers/image-spec/blob/main/image-layout.md
"""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: digest and bytes of the blob as stored, and when BuildKit made it (may be unknown)."""

    digest: str
    size: int
    media_type: str
    created: str = ""


@dataclass(frozen=True)
class Image:
    """One image of a layout: `raw` are the bytes of manifest and config, `attestations` other blobs."""

    layout: Layout
    digest: str
    config: dict[str, Any]
    layers: tuple[Layer, ...]
    raw: dict[str, bytes]
    attestations: dict[str, bytes]

    @property
    def settings(self) -> dict[str, Any]:
        """The run-time part of the config: User, Env, Entrypoint, Labels …"""
        return mapping(self.config.get("config"))

    @property
    def labels(self) -> dict[str, str]:
        """The image's labels."""
        return {str(key): str(value) for key, value in mapping(self.settings.get("Labels")).items()}

    @property
    def history(self) -> list[dict[str, Any]]:
        """The history entries, oldest first."""
        return [entry for entry in listing(self.config.get("history")) if isinstance(entry, dict)]

    def open_layer(self, layer: Layer) -> BinaryIO:
        """Return the layer's tar stream, unpacked on the fly."""
        return unpacked(self.layout.open(layer.digest), layer)


def unpacked(stream: BinaryIO, layer: Layer) -> BinaryIO:
    """Return the stream behind the layer's compression; EngineError for one that cannot be read."""
    if layer.media_type.endswith("zstd"):
        raise EngineError(
            f"layer {layer.digest[:19]} is zstd-compressed, which cannot be read",
            "build with the engine's default compression (gzip)",
        )
    if layer.media_type.endswith("gzip"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    return stream


def read_image(layout: Layout) -> Image:
    """Return the layout's (first) image and its attestations."""
    manifests, attestations = _manifests(layout, layout.index(), 0)
    if not manifests:
        raise EngineError("the engine's image archive holds no image")
    digest, raw = manifests[0]
    manifest = _object(raw, digest)
    config_digest = str(mapping(manifest.get("config")).get("digest", ""))
    config_raw = read_blob(layout, config_digest)
    evidence = {}
    for name, text in attestations:
        evidence[name] = text
        for layer in layers_of(_object(text, name)):
            evidence[layer.digest] = read_blob(layout, layer.digest)
    return Image(
        layout=layout,
        digest=digest,
        config=_object(config_raw, config_digest),
        layers=layers_of(manifest),
        raw={"manifest": raw, "config": config_raw},
        attestations=evidence,
    )


def _manifests(
    layout: Layout, index: dict[str, Any], depth: int
) -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    images: list[tuple[str, bytes]] = []
    attestations: list[tuple[str, bytes]] = []
    for entry in [mapping(item) for item in listing(index.get("manifests"))[:64]]:
        digest = str(entry.get("digest", ""))
        raw = read_blob(layout, digest)
        annotations = mapping(entry.get("annotations"))
        if annotations.get("vnd.docker.reference.type") == "attestation-manifest":
            attestations.append((digest, raw))
        elif "index" in str(entry.get("mediaType")) or "list" in str(entry.get("mediaType")):
            if depth < 3:
                more = _manifests(layout, _object(raw, digest), depth + 1)
                images += more[0]
                attestations += more[1]
        else:
            images.append((digest, raw))
    return images, attestations


def layers_of(manifest: dict[str, Any]) -> tuple[Layer, ...]:
    """Return the layers that a manifest names."""
    found = []
    for entry in [mapping(item) for item in listing(manifest.get("layers"))]:
        size = entry.get("size")
        found.append(
            Layer(
                digest=str(entry.get("digest", "")),
                size=size if isinstance(size, int) else 0,
                media_type=str(entry.get("mediaType", "")),
                created=str(mapping(entry.get("annotations")).get("buildkit/createdat", "")),
            )
        )
    return tuple(found)


def read_blob(layout: Layout, digest: str) -> bytes:
    """Return a small blob's bytes; EngineError where it is missing or larger than any metadata is."""
    with layout.open(digest) as stream:
        data = stream.read(JSON_LIMIT + 1)
    if len(data) > JSON_LIMIT:
        raise EngineError(f"the engine's blob {digest[:19]} is too large to be metadata")
    return data


def read_json(stream: BinaryIO, name: str) -> dict[str, Any]:
    """Return a JSON object read from a bounded stream."""
    return _object(stream.read(JSON_LIMIT), name)


def _object(raw: bytes, name: str) -> dict[str, Any]:
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


def mapping(value: object) -> dict[str, Any]:
    """Return the value if it is a mapping, else an empty one: engine output is not to be trusted."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    """Return the value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
