"""PHP-FPM and a web server, two targets of one file: both built, run hardened, and asked together."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

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


def up(port: int, path: str, seconds: float = 20) -> bool:
    """Return whether the web server says that it is there, before the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            asked(port, path, "")
            return True
        time.sleep(0.2)
    return False


def started(pair: tuple[Container, Container], case: str, alias: str, alive: str, folder: Path) -> int:
    """Build and start both targets of a case in one network; return the port of the web server."""
    app, web = pair
    written = RunningCase(ROOT / "php" / case).write(folder)
    app.build(written)
    docker("build", "--target", "web", "--tag", web.name, str(written.context), seconds=600)
    start = ["run", "--detach", "--network", app.name, "--tmpfs", "/tmp", *HARDENED]
    docker(*start, "--name", app.name, "--network-alias", alias, app.name)
    assert healthy(app.name), docker("logs", app.name)
    docker(*start, "--name", web.name, "--publish", "127.0.0.1::8080", web.name)
    port = int(docker("port", web.name, "8080").split()[0].rpartition(":")[2])
    # Not by its own check: where nginx's stand-in is Debian's, it lacks the wget that Alpine has.
    assert up(port, alive), docker("logs", web.name)
    return port


def stopped(pair: tuple[Container, Container]) -> list[str]:
    """Stop both, the web server first, and return their exit codes."""
    names = [container.name for container in reversed(pair)]
    docker("stop", *names)
    return docker("inspect", "--format", "{{.State.ExitCode}}", *names).split()


def test_nginx_hands_requests_to_fpm(tmp_path: Path, containers: tuple[Container, Container]) -> None:
    port = started(containers, "fpm-nginx", "app", "/nginx-alive", tmp_path)
    assert "1.280 °C" in asked(port, "/", "").decode()
    assert "1,280 °C" in asked(port, "/any/route?in=en", "").decode()
    assert b"background" in asked(port, "/kiln.css", "")
    assert stopped(containers) == ["0", "0"]


def test_caddy_hands_requests_to_fpm(tmp_path: Path, containers: tuple[Container, Container]) -> None:
    port = started(containers, "fpm-caddy", "ferries", "/caddy-alive", tmp_path)
    assert healthy(containers[1].name), docker("logs", containers[1].name)
    assert b"11:15" in asked(port, "/?to=Juist", "")
    assert b"As of Europe/Berlin" in asked(port, "/", "")
    assert b"1 ferry a day" in asked(port, "/arrivals.php", "")
    assert b"background" in asked(port, "/ferries.css", "")
    for path in ("/no-such-page", "/.hidden", "/no-such.php"):
        with pytest.raises(HTTPError, match="404"):
            asked(port, path, "")
    assert stopped(containers) == ["0", "0"]
