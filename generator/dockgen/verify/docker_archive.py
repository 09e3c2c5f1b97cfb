"""Reading of `docker save` archives, as podman and buildah write them for images in the Docker format.

Source of the format: https://github.com/moby/docker-image-spec/blob/main/spec.md
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import BinaryIO

from dockgen.errors import EngineError
from dockgen.verify.layout import JSON_LIMIT, TarLayout
from dockgen.verify.oci import Image, Layer, listing, mapping, read_image

MANIFEST = "manifest.json"


class _DockerLayout(TarLayout):
    """The same archive; layers are found by the names that the manifest gives, kept by made-up digests."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.files: dict[str, str] = {}

    def open(self, digest: str) -> BinaryIO:
        """Return the layer as a stream."""
        if digest not in self.files:
            raise EngineError("the engine's image archive names a layer that it lacks")
        return self.open_file(self.files[digest])


def read_archive(path: Path) -> Image:
    """Return the image of an archive, whether it is an OCI layout or one of `docker save`."""
    layout = _DockerLayout(path)
    if "index.json" in layout.names or MANIFEST not in layout.names:
        return read_image(TarLayout(path))
    raw = _read(layout, MANIFEST)
    first = mapping(next(iter(listing(_json(raw, MANIFEST))), None))
    config_raw = _read(layout, str(first.get("Config", "")))
    config = mapping(_json(config_raw, "config"))
    ids = [str(digest) for digest in listing(mapping(config.get("rootfs")).get("diff_ids"))]
    names = [str(name) for name in listing(first.get("Layers"))]
    if len(ids) != len(names):
        raise EngineError("the engine's image archive has not as many layers as its config names")
    layout.files = dict(zip(ids, names, strict=True))
    layers = tuple(Layer(digest, layout.size(name), "tar") for digest, name in layout.files.items())
    digest = "sha256:" + hashlib.sha256(config_raw).hexdigest()
    return Image(layout, digest, config, layers, {"manifest": raw, "config": config_raw}, {})


def _read(layout: TarLayout, name: str) -> bytes:
    with layout.open_file(name) as stream:
        return stream.read(JSON_LIMIT)


def _json(raw: bytes, name: str) -> object:
    try:
        value: object = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise EngineError(f"the engine's {name} is not JSON") from error
    return value
