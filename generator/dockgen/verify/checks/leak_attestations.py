"""No canary is in the attestations (provenance, SBOM, any other) that are pushed beside the image.

Statements as in https://docs.docker.com/build/metadata/attestations/attestation-storage/
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.needles import Haystack
from dockgen.verify.oci import mapping
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session
from dockgen.verify.stream import Unpacker

PROVENANCE = Check("leak-provenance", 5)
SBOM = Check("leak-sbom", 5)
CHECKS = (PROVENANCE, SBOM)
ORDER = 12
KINDS = {
    "https://slsa.dev/provenance": "provenance",
    "https://spdx.dev/": "SBOM",
    "https://cyclonedx.org/": "SBOM",
}
NAMES = {PROVENANCE: "provenance", SBOM: "SBOM"}


def run(session: Session) -> list[CheckResult]:
    """Search every attestation of the image, and of the same image built with an SBOM."""
    if not session.engine.attests:
        return [check.skipped(f"{session.engine.name} records no attestations") for check in CHECKS]
    return [judge(PROVENANCE, session.main.image.attestations, session.haystack), _sbom(session)]


def _sbom(session: Session) -> CheckResult:
    # Apart from the main build, which must not fail where the scanner's image cannot be had.
    request = session.request(sbom=True, archive=session.work / "sbom.tar")
    built = session.build(request, "building again from the cache, with an SBOM")
    if not built.outcome.succeeded:
        return SBOM.skipped("the engine cannot make an SBOM here", one_line(built.outcome.error, 400))
    return judge(SBOM, built.image.attestations, session.haystack)


def judge(check: Check, blobs: Mapping[str, bytes], haystack: Haystack) -> CheckResult:
    """Return the verdict on all blobs, by digest; nothing is proven where none is of the check's kind."""
    kinds = {digest: kind_of(data) for digest, data in blobs.items()}
    unpacker = Unpacker(haystack)
    faults = [
        one_line(f"{hit} in the attestation {digest[7:19]} ({kinds[digest]})")
        for digest, data in blobs.items()
        for hit in [*haystack.search(data), *unpacker.search(data)]
    ]
    if faults:
        return check.failed(f"a secret is in the image's {NAMES[check]} or what is beside it", *faults)
    if NAMES[check] not in kinds.values():
        return check.skipped(f"the build recorded no {NAMES[check]}")
    size = sum(len(data) for data in blobs.values())
    return check.passed(
        f"no canary in {len(blobs)} attestation blobs, {NAMES[check]} among them ({size >> 10} KB)"
    )


def kind_of(data: bytes) -> str:
    """Return `provenance`, `SBOM`, or what else the in-toto statement in a blob says it is."""
    try:
        said = str(mapping(json.loads(data)).get("predicateType") or "description")
    except (ValueError, RecursionError):
        return "no JSON"
    return next((kind for start, kind in KINDS.items() if said.startswith(start)), one_line(said, 60))
