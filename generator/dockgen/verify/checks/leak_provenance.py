"""No canary is in the attestations (provenance, SBOM) that are pushed beside the image."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

PROVENANCE = Check("leak-provenance", 5)
CHECKS = (PROVENANCE,)
ORDER = 12


def run(session: Session) -> list[CheckResult]:
    """Search every attestation of the image."""
    if not session.engine.attests:
        return [PROVENANCE.skipped(f"{session.engine.name} records no provenance")]
    blobs = session.main.image.attestations
    if not blobs:
        return [PROVENANCE.skipped("the build recorded no provenance")]
    faults = [
        one_line(f"{hit} in the attestation {name[7:19]}")
        for name, data in blobs.items()
        for hit in session.haystack.search(data)
    ]
    good = f"no canary in {len(blobs)} attestation blobs (mode=max)"
    return [PROVENANCE.judged(faults, "a secret is in the provenance attestation", good)]
