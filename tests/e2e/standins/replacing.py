"""Images that stand in for others where no registry can be reached.

A machine without registries gives BuildKit a source policy (EXPERIMENTAL_BUILDKIT_SOURCE_POLICY names its
JSON file) that converts official names to local images. Where such a local image lacks something that the
official one has, a folder here builds on it, and a rule put before the others converts the official name to
the result.
With real registries there is no policy, and nothing is replaced.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

VARIABLE = "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY"
HERE = Path(__file__).parent


def replace(official: str, standin: str, folder: Path) -> Path | None:
    """Build a stand-in for a repository, and return the file of a policy that uses it.

    None where none is needed, as there is no policy.

    `official` is a full name without tag, `standin` a folder beside this file.
    """
    current = os.environ.get(VARIABLE)
    if not current:
        return None
    image = f"docker.io/dockgen-standin/{standin}:local"
    subprocess.run(["docker", "build", "--quiet", "--tag", image, str(HERE / standin)], check=True)
    policy = json.loads(Path(current).read_text(encoding="utf-8"))
    name = rf"^docker-image://{re.escape(official)}[:@].*$"
    rule = {
        "action": "CONVERT",
        "selector": {"match_type": "REGEX", "identifier": name},
        "updates": {"identifier": f"docker-image://{image}"},
    }
    made = folder / "source-policy.json"
    made.write_text(json.dumps({**policy, "rules": [rule, *policy["rules"]]}), encoding="utf-8")
    return made
