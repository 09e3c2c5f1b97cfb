"""podman and buildah, where the machine has them: the same promises, or the word which version would do."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockgen.verify.engine.model import Engine
from dockgen.verify.engine.podman import Buildah, Podman
from dockgen.verify.model import Status
from dockgen.verify.runner import verify
from dockgen.verify.target import load_target
from e2e.generating import generate
from e2e.test_apps import APPS

BASE = "docker.io/library/python:3.13-slim"
LIMITS = ["nofile=4096:4096", "nproc=4096:4096"]
ENGINES = {"podman": Podman, "buildah": Buildah}
PROVEN = {
    "secret-used",
    "secret-demanded",
    "leak-layers",
    "hardened-start",
    "healthy",
    "healthy-behind-proxy",
    "stops-in-time",
    "restarts",
    "writes-only-declared",
    "everything-removed",
}


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return ([*done.stderr.strip().splitlines()] or ["no word of why"])[-1][-300:]


def settings() -> str:
    """Return a containers.conf for machines of which not even root may raise the limits.

    runc, where it is there: crun refuses cgroups that are partly of version 1.
    """
    runtime = '[engine]\nruntime = "runc"\n' if shutil.which("runc") else ""
    return f"[containers]\ndefault_ulimits = {json.dumps(LIMITS)}\n{runtime}"


@pytest.fixture(scope="module")
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """podman stops at a DOCKER_CONFIG whose folder holds no file, which docker does not mind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DOCKER_CONFIG", raising=False)
        if "CONTAINERS_CONF" not in os.environ:
            path = tmp_path_factory.mktemp("podman") / "containers.conf"
            path.write_text(settings())
            patch.setenv("CONTAINERS_CONF", str(path))
        yield


@pytest.fixture(scope="module")
def podman(engine: Engine, own_settings: None) -> str:
    """podman with the base image in it: without a registry, a copy of the other engine's."""
    assert engine
    assert own_settings is None
    missing = [name for name in ("podman", "buildah") if not shutil.which(name)]
    if missing:
        pytest.skip(f"not installed: {' and '.join(missing)}")
    if subprocess.run(["podman", "image", "exists", BASE], check=False).returncode:
        copy = f"docker save {BASE.rpartition('/')[2]} | podman load"
        done = subprocess.run(["sh", "-c", copy], capture_output=True, text=True, timeout=300, check=False)
        if done.returncode or "Loaded image" not in done.stdout:
            pytest.skip(f"podman gets no base image: {last_line(done)}")
    command = ["podman", "run", "--rm", BASE, "true"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        pytest.skip(f"podman can run no container here: {last_line(done)}")
    return BASE


@pytest.mark.parametrize("name", ENGINES)
def test_what_any_version_can_build_keeps_its_promises(name: str, podman: str, tmp_path: Path) -> None:
    assert podman
    project = shutil.copytree(APPS / "python-plain", tmp_path / "app")
    evidence = verify(load_target(project), ENGINES[name]())
    # An image that was loaded from an archive has no digest to pin.
    assert {result.id for result in evidence.failed} == {"base-pinned"}
    status = {result.id: result.status for result in evidence.results}
    assert {check: status[check] for check in PROVEN} == dict.fromkeys(PROVEN, Status.PASSED)


@pytest.mark.parametrize("name", ENGINES)
def test_a_generated_setup_is_built_or_refused_with_the_version_it_needs(
    name: str, podman: str, tmp_path: Path
) -> None:
    assert podman
    project = generate(shutil.copytree(APPS / "go-api", tmp_path / "source"), tmp_path / "api", {})
    if not ENGINES[name]().lacks(load_target(project).dockerfile):
        pytest.skip("new enough to build it, which needs the generated bases from a registry")
    command = [sys.executable, "-m", "dockgen.cli.main", "verify", str(project), "--engine", name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert re.search(rf"{name} is too old: a symbolic --chmod \(line \d+\) needs buildah newer", done.stderr)
    assert "--engine docker" in done.stderr
