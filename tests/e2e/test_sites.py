"""Cases of tests/stacks that hold a site.yaml: built, run hardened, and asked as a browser asks.

site.yaml: `get` is a page and `contains` what it must hold, `lasting` a file that never changes (the build's
own are looked for in the page), `missing` what the page for an unknown path must hold.
"""

from __future__ import annotations

import datetime
import re
import secrets
import shutil
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

from dockgen.plan import commands
from dockgen.setup.new import Request as Setup
from dockgen.setup.new import create
from dockgen.verify.engine.model import Engine
from e2e.standins.replacing import VARIABLE, replace

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "stacks").glob("*/*/site.yaml"))
TODAY = datetime.date(2026, 11, 1)
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
    case: Path = request.param
    name = f"dockgen-test-site-{secrets.token_hex(4)}"
    project = tmp_path / case.name
    shutil.copytree(case / "project", project, symlinks=True)
    answers = case / "answers.yaml"
    setup = Setup(
        path=project,
        today=TODAY,
        yes=True,
        answers=answers if answers.exists() else None,
        flags=(f"name={name}",),
    )
    plan = create(setup).generated.plan
    build = " ".join(commands.build_command(plan, project))
    done = subprocess.run(["sh", "-c", build], capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr[-6000:]
    options = " ".join(commands.run_options(plan)).replace(f"127.0.0.1:{plan.port}:", "127.0.0.1::")
    try:
        subprocess.run(["sh", "-c", f"docker run --detach --name {name} {options} {name}"], check=True)
        status = f"docker inspect --format '{{{{.State.Health.Status}}}}' {name}"
        healthy = f"until {status} | grep -qx healthy; do sleep 0.3; done"
        subprocess.run(["timeout", "30", "sh", "-c", healthy], check=True)
        port = subprocess.run(
            ["docker", "port", name, str(plan.port)], check=True, capture_output=True, text=True
        )
        yield Site(f"http://{port.stdout.split()[0]}", yaml.safe_load((case / "site.yaml").read_text()))
        began = subprocess.run(["docker", "stop", "--time", "10", name], check=True, capture_output=True)
        assert began.returncode == 0
    finally:
        subprocess.run(["docker", "rm", "--force", name], check=False, capture_output=True)
        subprocess.run(["docker", "image", "rm", "--force", name], check=False, capture_output=True)


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
