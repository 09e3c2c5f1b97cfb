"""Attestations made by hand, read through the real layout code: a secret in any of them is found."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dockgen.verify.checks.leak_attestations import PROVENANCE, SBOM, judge, kind_of
from dockgen.verify.layout import TarLayout
from dockgen.verify.model import Check, CheckResult, Status
from dockgen.verify.needles import Canary, Haystack
from dockgen.verify.oci import Image, read_image
from unit.verify.archives import Archive, member, tar_of

SECRET = "the-secret/value+0123456789"
HAYSTACK = Haystack((Canary("the secret x", SECRET),), "no-marker")
SPDX = "https://spdx.dev/Document"
SLSA = "https://slsa.dev/provenance/v1"
REFERENCE = {"vnd.docker.reference.type": "attestation-manifest"}


def statement(kind: str, **predicate: object) -> bytes:
    return json.dumps({"_type": "x", "predicateType": kind, "predicate": predicate}).encode()


def image_with(path: Path, *blobs: bytes, beside: dict[str, Any] | None = None, **row: Any) -> Image:
    """An image with the blobs in a manifest beside it, nested in an index as BuildKit writes it."""
    archive = Archive()
    image = archive.image([tar_of(member("x", b"1"))])
    attestation = archive.image(list(blobs), kind="tar", config={"os": "unknown"}, **(beside or {}))
    attestation |= row
    inner = {"manifests": [attestation, image]}
    index = {"mediaType": "application/vnd.oci.image.index.v1+json", "digest": archive.add_json(inner)}
    read = read_image(TarLayout(archive.write(path / "image.tar", index)))
    assert read.digest == image["digest"], "an attestation is no image"
    return read


def judged(image: Image, check: Check = SBOM) -> CheckResult:
    return judge(check, image.attestations, HAYSTACK)


@pytest.mark.parametrize(
    "value",
    [
        SECRET,
        quote(SECRET, safe=""),
        base64.b64encode(b"user:" + SECRET.encode()).decode(),
        SECRET.encode().hex(),
    ],
    ids=["plain", "URL-encoded", "base64", "hexadecimal"],
)
def test_a_secret_in_the_sbom_is_found(value: str, tmp_path: Path) -> None:
    sbom = statement(SPDX, packages=[{"name": "acme", "supplier": f"Person: {value}"}])
    result = judged(image_with(tmp_path, statement(SLSA), sbom, annotations=REFERENCE))
    assert result.status is Status.FAILED
    (line,) = result.evidence
    assert line.startswith("the secret x (")
    assert line.endswith("(SBOM)")


def test_a_secret_in_a_packed_attestation_is_found(tmp_path: Path) -> None:
    result = judged(image_with(tmp_path, gzip.compress(statement(SPDX, note=SECRET)), annotations=REFERENCE))
    assert result.status is Status.FAILED
    assert "packed" in result.evidence[0]


def test_a_secret_in_the_provenance_is_found_and_named_so(tmp_path: Path) -> None:
    image = image_with(tmp_path, statement(SLSA, arguments={"TOKEN": SECRET}), annotations=REFERENCE)
    (line,) = judged(image, PROVENANCE).evidence
    assert line.endswith("(provenance)")


@pytest.mark.parametrize(
    ("beside", "row"),
    [
        ({"subject": {"digest": "sha256:" + "a" * 64}}, {}),
        ({"artifactType": "application/vnd.dev.cosign.artifact.sig.v1+json"}, {}),
        ({}, {"artifactType": "application/spdx+json"}),
        ({}, {"annotations": REFERENCE}),
    ],
    ids=["subject", "artifact type", "artifact type in the index", "annotation"],
)
def test_whatever_refers_to_the_image_is_searched(
    beside: dict[str, Any], row: dict[str, Any], tmp_path: Path
) -> None:
    image = image_with(tmp_path, statement("https://example.com/review/v1", by=SECRET), beside=beside, **row)
    (line,) = judged(image).evidence
    assert line.endswith("(https://example.com/review/v1)")


def test_a_secret_in_an_annotation_of_the_index_is_in_what_is_searched(tmp_path: Path) -> None:
    image = image_with(tmp_path, statement(SPDX), annotations={**REFERENCE, "note": SECRET})
    assert HAYSTACK.search(image.raw["index"])


@pytest.mark.parametrize(
    ("check", "blobs", "status"),
    [
        (SBOM, (statement(SPDX),), Status.PASSED),
        (SBOM, (statement("https://cyclonedx.org/bom"),), Status.PASSED),
        (SBOM, (statement(SLSA),), Status.SKIPPED),
        (PROVENANCE, (statement(SLSA),), Status.PASSED),
        (PROVENANCE, (), Status.SKIPPED),
    ],
)
def test_nothing_is_proven_without_one_of_the_kind(
    check: Check, blobs: tuple[bytes, ...], status: Status, tmp_path: Path
) -> None:
    assert judged(image_with(tmp_path, *blobs, annotations=REFERENCE), check).status is status


@pytest.mark.parametrize(
    "data", [b"", b"[1]", b"[" * 100_000, b"\xff", b'{"predicateType": {"a": []}}'], ids=range(5)
)
def test_hostile_statements_have_a_kind_all_the_same(data: bytes) -> None:
    assert kind_of(data) not in {"SBOM", "provenance"}
