"""What `dockgen new` writes is built, run and attacked, unchanged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dockgen.verify.model import Evidence, Status
from e2e.generating import generate
from e2e.private_registry import USER, PrivateRegistry
from e2e.test_apps import APPS, secret_of

ANSWERS: dict[str, dict[str, str]] = {
    "node-express": {"secrets": "id=npmrc,target=/root/.npmrc"},
    "python-uv-api": {},
}
PROVEN = {
    "secret-used",
    "secret-demanded",
    "leak-layers",
    "base-as-locked",
    "hardened-start",
    "healthy-behind-proxy",
    "warm-rebuild",
}


@pytest.mark.parametrize("app", sorted(ANSWERS))
def test_a_generated_setup_keeps_all_its_promises(
    app: str, registry: PrivateRegistry, run_verify: Callable[..., Evidence], tmp_path: Path
) -> None:
    source = shutil.copytree(APPS / app, tmp_path / "source" / app)
    registry.readdress(source)
    project = generate(source, tmp_path / app, ANSWERS[app])
    secrets = secret_of(app, registry)
    if app == "python-uv-api":
        secrets["acme-index-username"] = USER.encode()
    refused, served = registry.refused, registry.served
    evidence = run_verify(project, secrets=secrets, network="host")
    assert [(result.id, result.message, result.evidence) for result in evidence.failed] == []
    status = {result.id: result.status for result in evidence.results}
    assert {name for name in PROVEN if status[name] is not Status.PASSED} == set()
    # The step without the secret was turned away by the index itself, and not by a word of the Dockerfile.
    assert registry.refused > refused
    assert registry.served > served
