"""A hand-written Dockerfile, its application's dependencies from the registries, one of them private."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from dockgen.verify.model import Evidence, Status
from e2e.private_registry import PrivateRegistry

APPS = Path(__file__).parent / "apps"


def secret_of(app: str, registry: PrivateRegistry) -> dict[str, bytes]:
    """Return the working secret that the application needs."""
    return {
        "node-express": {"npmrc": registry.npmrc.encode()},
        "python-uv-api": {"acme-index-password": registry.secret.encode()},
    }[app]


def test_a_hand_written_dockerfile_keeps_all_its_promises(
    registry: PrivateRegistry, run_verify: Callable[..., Evidence], tmp_path: Path
) -> None:
    shutil.copytree(APPS / "node-express", tmp_path / "app")
    registry.readdress(tmp_path / "app")
    refused, served = registry.refused, registry.served
    evidence = run_verify(tmp_path / "app", secrets=secret_of("node-express", registry), network="host")
    assert [(result.id, result.message, result.evidence) for result in evidence.failed] == []
    status = {result.id: result.status for result in evidence.results}
    proven = {
        "secret-used",
        "secret-demanded",
        "leak-layers",
        "hardened-start",
        "healthy-behind-proxy",
        "warm-rebuild",
    }
    assert {name for name in proven if status[name] is not Status.PASSED} == set()
    assert registry.refused > refused
    assert registry.served > served


def test_a_random_canary_does_not_pass_for_a_working_secret(
    registry: PrivateRegistry, run_verify: Callable[..., Evidence], tmp_path: Path
) -> None:
    refused = registry.refused
    shutil.copytree(APPS / "node-express", tmp_path / "app")
    registry.readdress(tmp_path / "app")
    evidence = run_verify(tmp_path / "app", network="host", only=["build"])
    (build,) = [result for result in evidence.results if result.id == "build"]
    assert build.status is Status.FAILED
    assert re.search("give a working one with --secret id=npmrc", "\n".join(build.evidence))
    assert registry.refused > refused
