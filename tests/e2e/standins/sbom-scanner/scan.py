"""BuildKit's protocol for SBOM generators, with Python packages as the only thing that is found.

Source: https://github.com/moby/buildkit/blob/master/docs/attestations/sbom-protocol.md
"""

import email
import json
import os
from pathlib import Path

STATEMENT = "https://in-toto.io/Statement/v0.1"
PREDICATE = "https://spdx.dev/Document"


def packages(root: Path) -> list[dict[str, str]]:
    """Return name, version and author of each installed distribution, as SPDX 2.3 names them."""
    found = []
    for path in sorted(root.rglob("*.dist-info/METADATA")):
        metadata = email.message_from_string(path.read_text(encoding="utf-8"))
        found.append(
            {
                "SPDXID": f"SPDXRef-{len(found)}",
                "name": metadata["Name"],
                "versionInfo": metadata["Version"],
                "supplier": f"Person: {metadata.get('Author', 'unknown')}",
                "downloadLocation": "NOASSERTION",
            }
        )
    return found


if __name__ == "__main__":
    source = Path(os.environ["BUILDKIT_SCAN_SOURCE"])
    predicate = {"spdxVersion": "SPDX-2.3", "name": source.name, "packages": packages(source)}
    statement = {
        "_type": "https://in-toto.io/Statement/v0.1",
        "predicateType": PREDICATE,
        "predicate": predicate,
    }
    target = Path(os.environ["BUILDKIT_SCAN_DESTINATION"]) / f"{source.name}.spdx.json"
    target.write_text(json.dumps(statement), encoding="utf-8")
