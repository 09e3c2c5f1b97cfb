"""Tar archives and OCI layouts made by hand."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

OCI = "application/vnd.oci.image"


def member(name: str, data: bytes = b"", **changes: Any) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for key, value in changes.items():
        setattr(info, key, value)
    return info, data


def folder(name: str) -> tuple[tarfile.TarInfo, bytes]:
    return member(name, type=tarfile.DIRTYPE, mode=0o755)


def link(name: str, target: str, **changes: Any) -> tuple[tarfile.TarInfo, bytes]:
    return member(name, type=tarfile.SYMTYPE, linkname=target, **changes)


def tar_of(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w") as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return into.getvalue()


class Archive:
    """Builds an OCI archive of layers, with an attestation if wanted."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}

    def add(self, data: bytes) -> str:
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        self.blobs[digest] = data
        return digest

    def add_json(self, value: object) -> str:
        return self.add(json.dumps(value).encode())

    def image(
        self, layers: list[bytes], kind: str = "tar+gzip", config: object = None, **more: object
    ) -> dict[str, Any]:
        packed = [gzip.compress(layer, mtime=0) if kind == "tar+gzip" else layer for layer in layers]
        rows = [
            {"digest": self.add(data), "size": len(data), "mediaType": f"{OCI}.layer.v1.{kind}"}
            for data in packed
        ]
        manifest = {
            "config": {"digest": self.add_json(config or {"config": {"User": "1:1"}})},
            "layers": rows,
            **more,
        }
        return {"mediaType": f"{OCI}.manifest.v1+json", "digest": self.add_json(manifest)}

    def write(self, path: Path, *manifests: dict[str, Any]) -> Path:
        rows = [member(f"blobs/sha256/{digest[7:]}", data) for digest, data in self.blobs.items()]
        rows.append(member("index.json", json.dumps({"manifests": manifests}).encode()))
        path.write_bytes(tar_of(*rows))
        return path
