"""Every Dockerfile that the cases expect passes the engine's own checks (`docker build --check`).

Only the front end and the bases' metadata are asked for: nothing is built.
"""

from __future__ import annotations

import json
import subprocess
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

STACKS = Path(__file__).parents[1] / "stacks"
AT_ONCE = 4
NOT_SERVED = (
    "denied by policy",
    "not allowed by policy",
    "failed to resolve source metadata",
    "failed to do request",
)


def check(dockerfile: Path) -> str:
    """Return what the engine says of a Dockerfile: '' for nothing, else its warnings or its error."""
    context = dockerfile.parents[1] / "project"
    command = ["docker", "buildx", "build", "--call=check,format=json", "--file", str(dockerfile)]
    done = subprocess.run([*command, str(context)], capture_output=True, text=True, timeout=300, check=False)
    start = done.stdout.find("{")
    if start < 0:
        return done.stderr.strip()[-800:] or "no answer"
    answer = json.loads(done.stdout[start:])
    found = [f"{row['ruleName']}: {row.get('detail', '')}" for row in answer.get("warnings") or ()]
    if answer.get("buildError"):
        found.append(str(answer["buildError"]))
    return "\n".join(found)


@pytest.mark.usefixtures("engine")
def test_the_engine_has_nothing_to_say_of_any_generated_file() -> None:
    files = sorted(STACKS.glob("*/*/expected/Dockerfile"))
    assert files
    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = dict(zip(files, pool.map(check, files), strict=True))
    names = {path: f"{path.parents[2].name}/{path.parents[1].name}" for path in files}
    # A base that this machine's registry has not: no verdict, and said aloud.
    unserved = [names[path] for path, text in said.items() if any(word in text for word in NOT_SERVED)]
    faults = {names[path]: text for path, text in said.items() if text and names[path] not in unserved}
    assert faults == {}
    assert len(unserved) < len(files) / 2, f"too few bases can be had here: {unserved}"
    if unserved:
        warnings.warn(f"not checked, their bases cannot be had here: {', '.join(unserved)}", stacklevel=1)
