"""A single-page application behind nginx: built, attacked, and asked as a browser asks."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from dockgen.verify.engine.model import Engine
from dockgen.verify.model import Evidence
from e2e.generating import generate
from e2e.standins.replacing import VARIABLE, replace

APP = Path(__file__).parents[1] / "stacks" / "node" / "vite-react" / "project"
HARDENED = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", "/tmp"]


@pytest.fixture
def site(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert engine
    policy = replace("docker.io/nginxinc/nginx-unprivileged", "nginx-unprivileged", tmp_path)
    if policy:
        monkeypatch.setenv(VARIABLE, str(policy))
    return generate(APP, tmp_path / "site", {})


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    tag = f"dockgen-test-site-{secrets.token_hex(4)}"
    subprocess.run(["docker", "build", "--quiet", "--tag", tag, str(site)], check=True)
    run = ["docker", "run", "--detach", "--publish", "127.0.0.1::8080", *HARDENED, tag]
    container = subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()
    try:
        wait = (
            f"until docker exec {container} wget -q -O /dev/null http://127.0.0.1:8080/; do sleep 0.2; done"
        )
        subprocess.run(["timeout", "20", "sh", "-c", wait], check=True)
        found = subprocess.run(
            ["docker", "port", container, "8080"], check=True, capture_output=True, text=True
        )
        yield f"http://{found.stdout.split()[0]}"
    finally:
        subprocess.run(["docker", "rm", "--force", container], check=True, capture_output=True)
        subprocess.run(["docker", "image", "rm", "--force", tag], check=True, capture_output=True)


def test_a_site_keeps_all_its_promises(site: Path, run_verify: Callable[..., Evidence]) -> None:
    evidence = run_verify(site)
    assert [(result.id, result.message, result.evidence) for result in evidence.failed] == []
    # The base brings wget, and the health check needs it.
    (tools,) = [result for result in evidence.results if result.id == "no-download-tool"]
    assert any(path.endswith("/wget") for path in tools.evidence)


def test_a_site_is_served_as_a_browser_wants_it(address: str) -> None:
    opener = build_opener(ProxyHandler({}))
    page = opener.open(f"{address}/")
    text = page.read().decode()
    assert page.headers["Cache-Control"] == "no-cache"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    deep = opener.open(f"{address}/cart/42")
    assert deep.read().decode() == text
    asset = next(part for part in text.split('"') if part.startswith("/assets/"))
    hashed = opener.open(f"{address}{asset}")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for missing in ("/assets/none.js", "/.env"):
        with pytest.raises(HTTPError) as refused:
            opener.open(f"{address}{missing}")
        assert refused.value.code in (403, 404)
        assert "immutable" not in refused.value.headers.get("Cache-Control", "")
