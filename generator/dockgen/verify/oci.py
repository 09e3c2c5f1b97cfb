"""The image in an OCI layout and what is beside it: nothing of an image touches the disk.

Source of the format: https://github.com/opencontainers/image-spec/blob/main/manifest.md
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from dockgen.errors import EngineError
from dockgen.verify.layout import Layout, json_object, read_blob

DEEPEST = 3
"""How many indexes may be in each other."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: digest and bytes of the blob as stored, and when BuildKit made it (may be unknown)."""

    digest: str
    size: int
    media_type: str
    created: str = ""


@dataclass(frozen=True)
class Image:
    """One image of a layout: `raw` are the bytes of indexes, manifest and config by place.

    `attestations` are the blobs of all that is beside the image, by digest.
    """

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


@dataclass
class _Found:
    """What an index leads to; `indexes` are the bytes of each index itself."""

    images: list[tuple[str, bytes]] = field(default_factory=list)
    attestations: list[tuple[str, bytes]] = field(default_factory=list)
    indexes: list[bytes] = field(default_factory=list)


def read_image(layout: Layout) -> Image:
    """Return the layout's (first) image and its attestations."""
    found = _Found()
    _follow(layout, layout.index(), found, 0)
    if not found.images:
        raise EngineError("the engine's image archive holds no image")
    digest, raw = found.images[0]
    manifest = json_object(raw, digest)
    config_digest = str(mapping(manifest.get("config")).get("digest", ""))
    config_raw = read_blob(layout, config_digest)
    return Image(
        layout=layout,
        digest=digest,
        config=json_object(config_raw, config_digest),
        layers=layers_of(manifest),
        raw={"index": b"\n".join(found.indexes), "manifest": raw, "config": config_raw},
        attestations=_evidence(layout, found.attestations),
    )


def _evidence(layout: Layout, manifests: list[tuple[str, bytes]]) -> dict[str, bytes]:
    evidence = {}
    for name, text in manifests:
        evidence[name] = text
        manifest = json_object(text, name)
        config = str(mapping(manifest.get("config")).get("digest", ""))
        for digest in [*([config] if config else []), *(layer.digest for layer in layers_of(manifest))]:
            evidence[digest] = read_blob(layout, digest)
    return evidence


def _follow(layout: Layout, index: dict[str, Any], found: _Found, depth: int) -> None:
    found.indexes.append(json.dumps(index).encode())
    for entry in [mapping(item) for item in listing(index.get("manifests"))[:64]]:
        digest = str(entry.get("digest", ""))
        raw = read_blob(layout, digest)
        if _beside_an_image(entry, raw):
            found.attestations.append((digest, raw))
        elif "index" in str(entry.get("mediaType")) or "list" in str(entry.get("mediaType")):
            if depth < DEEPEST:
                _follow(layout, json_object(raw, digest), found, depth + 1)
        else:
            found.images.append((digest, raw))


def _beside_an_image(entry: dict[str, Any], raw: bytes) -> bool:
    """Say whether a manifest is BuildKit's attestation, or an artifact that refers to an image (OCI 1.1)."""
    if mapping(entry.get("annotations")).get("vnd.docker.reference.type") or entry.get("artifactType"):
        return True
    manifest = json_object(raw, str(entry.get("digest")))
    return bool(manifest.get("subject") or manifest.get("artifactType"))


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


def mapping(value: object) -> dict[str, Any]:
    """Return the value if it is a mapping, else an empty one: engine output is not to be trusted."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    """Return the value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
