"""PHP-FPM and nginx, two targets of one file: both built, run hardened, and asked together."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.running_cases import ROOT, Container, RunningCase
from e2e.test_cases_run import asked, docker, healthy

HARDENED = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit", "256"]


@pytest.fixture
def containers(engine: object) -> Iterator[tuple[Container, Container]]:
    assert engine
    pair = Container(), Container()
    docker("network", "create", pair[0].name)
    yield pair
    for container in reversed(pair):
        container.remove()
    subprocess.run(["docker", "network", "rm", pair[0].name], capture_output=True, check=False)


def up(port: int, seconds: float = 20) -> bool:
    """Return whether nginx says that it is there, before the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            asked(port, "/nginx-alive", "")
            return True
        time.sleep(0.2)
    return False


def test_nginx_hands_requests_to_fpm(tmp_path: Path, containers: tuple[Container, Container]) -> None:
    app, web = containers
    written = RunningCase(ROOT / "php" / "fpm-nginx").write(tmp_path)
    app.build(written)
    docker("build", "--target", "web", "--tag", web.name, str(written.context), seconds=600)
    start = ["run", "--detach", "--network", app.name, "--tmpfs", "/tmp", *HARDENED]
    docker(*start, "--name", app.name, "--network-alias", "app", app.name)
    assert healthy(app.name), docker("logs", app.name)
    docker(*start, "--name", web.name, "--publish", "127.0.0.1::8080", web.name)
    port = int(docker("port", web.name, "8080").split()[0].rpartition(":")[2])
    # Not by its own check: where nginx's stand-in is Debian's, it lacks the wget that Alpine has.
    assert up(port), docker("logs", web.name)
    assert "1.280 °C" in asked(port, "/", "").decode()
    assert "1,280 °C" in asked(port, "/any/route?in=en", "").decode()
    assert b"background" in asked(port, "/kiln.css", "")
    docker("stop", web.name, app.name)
    codes = docker("inspect", "--format", "{{.State.ExitCode}}", web.name, app.name).split()
    assert codes == ["0", "0"]
