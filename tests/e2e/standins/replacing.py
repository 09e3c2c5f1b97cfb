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
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY"
HERE = Path(__file__).parent


def replace(official: str, standin: str, folder: Path) -> Path | None:
    """Build a stand-in for a repository, and return the file of a policy that uses it.

    None where none is needed, as there is no policy.

    `official` is a full name without tag, `standin` a folder beside this file.
    """
    if not os.environ.get(VARIABLE):
        return None
    image = f"docker.io/dockgen-standin/{standin}:local"
    subprocess.run(["docker", "build", "--quiet", "--tag", image, str(HERE / standin)], check=True)
    return policy_with({rf"{re.escape(official)}[:@].*": image}, folder)


def policy_with(conversions: Mapping[str, str], folder: Path) -> Path:
    """Write the machine's policy with more conversions before its own, and return the file.

    `conversions` are regular expressions of full names, and the local image that each stands for.
    """
    policy = json.loads(Path(os.environ[VARIABLE]).read_text(encoding="utf-8"))
    rules = [
        {
            "action": "CONVERT",
            "selector": {"match_type": "REGEX", "identifier": rf"^docker-image://{name}$"},
            "updates": {"identifier": f"docker-image://{image}"},
        }
        for name, image in conversions.items()
    ]
    made = folder / "source-policy.json"
    made.write_text(json.dumps({**policy, "rules": [*rules, *policy["rules"]]}), encoding="utf-8")
    return made
