"""Cases of tests/stacks that hold a site.yaml: built, run hardened, and asked as a browser asks.

site.yaml: `get` is a page and `contains` what it must hold, `lasting` a file that never changes (the build's
own are looked for in the page), `missing` what the page for an unknown path must hold. path.txt names the
app's folder in a workspace.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
import yaml

from dockgen.verify.engine.model import Engine
from e2e.running_cases import Container, RunningCase
from e2e.standins.replacing import VARIABLE, replace

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "stacks").glob("*/*/site.yaml"))
HASHED = re.compile(
    r'["\'(](/?[^"\'()\s]*(?:assets/|[.-][0-9a-f]{8,64}\.(?:min\.)?)[^"\'()\s]*(?:css|js))["\')]'
)


@dataclass(frozen=True)
class Site:
    """A running site: its address, and what its site.yaml says."""

    address: str
    wanted: dict[str, Any]

    def get(self, path: str) -> tuple[int, HTTPMessage, str]:
        """Return status, headers and body."""
        url = f"{self.address}/{path.removeprefix('/')}"
        try:
            answer = build_opener(ProxyHandler({})).open(
                Request(url, headers={"Accept-Encoding": "identity"})
            )
        except HTTPError as error:
            answer = error
        return answer.status or 0, answer.headers, answer.read().decode()


@pytest.fixture(params=CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def site(
    request: pytest.FixtureRequest, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    assert engine
    policy = replace("docker.io/nginxinc/nginx-unprivileged", "nginx-unprivileged", tmp_path)
    if policy:
        monkeypatch.setenv(VARIABLE, str(policy))
    case, container = RunningCase(request.param), Container()
    try:
        written = case.write(tmp_path)
        container.build(written)
        container.start(written.plan)
        status = f"docker inspect --format '{{{{.State.Health.Status}}}}' {container.name}"
        healthy = f"until {status} | grep -qx healthy; do sleep 0.3; done"
        subprocess.run(["timeout", "30", "sh", "-c", healthy], check=True)
        asked = ["docker", "port", container.name, str(written.plan.port)]
        port = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        wanted = yaml.safe_load((case.folder / "site.yaml").read_text())
        yield Site(f"http://{port.split()[0]}", wanted)
        subprocess.run(["docker", "stop", "--time", "10", container.name], check=True, capture_output=True)
    finally:
        container.remove()


def test_a_site_is_served_as_a_browser_wants_it(site: Site) -> None:
    status, headers, text = site.get(site.wanted["get"])
    assert (status, headers["Cache-Control"]) == (200, "no-cache")
    assert site.wanted["contains"] in text
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    lasting = HASHED.search(text)
    if "lasting" in site.wanted or lasting:
        path = site.wanted.get("lasting") or (lasting[1] if lasting else "")
        _, headers, _ = site.get(path)
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable", path
    _check_what_is_not_there(site)


def _check_what_is_not_there(site: Site) -> None:
    for hidden in ("/.env", "/.git/config"):
        assert site.get(hidden)[0] in (403, 404)
    if "missing" in site.wanted:
        status, headers, text = site.get("/no/such/page")
        assert status == 404
        assert "immutable" not in (headers["Cache-Control"] or "")
        assert site.wanted["missing"] in text
    for folder in ("/css/", "/img/", "/assets/"):
        assert "Index of" not in site.get(folder)[2]
