"""The registry client against a server of our own that speaks the protocol, tokens included."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from dockgen.errors import EngineError
from dockgen.registry.client import Registry
from dockgen.registry.refresh import added, refreshed

INDEX = json.dumps(
    {
        "schemaVersion": 2,
        "manifests": [
            {"platform": {"os": "linux", "architecture": "amd64"}},
            {"platform": {"os": "linux", "architecture": "arm", "variant": "v7"}},
            {"platform": {"os": "unknown", "architecture": "unknown"}},
        ],
    }
).encode()


class Handler(BaseHTTPRequestHandler):
    lie: ClassVar[bool] = False
    huge: ClassVar[bool] = False

    def do_GET(self) -> None:
        host = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path.startswith("/token"):
            assert "scope=repository%3Aacme%2Fapp%3Apull" in self.path
            self._answer(200, b'{"token": "t0ken"}')
        elif self.headers.get("Authorization") != "Bearer t0ken":
            self._answer(401, b"", {"WWW-Authenticate": f'Bearer realm="{host}/token",service="s"'})
        elif self.path == "/v2/acme/app/manifests/1.0":
            digest = "sha256:" + ("0" * 64 if self.lie else hashlib.sha256(INDEX).hexdigest())
            self._answer(200, b"x" * 5_000_000 if self.huge else INDEX, {"Docker-Content-Digest": digest})
        else:
            self._answer(404, b"")

    def _answer(self, code: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def registry() -> Iterator[Registry]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Registry(f"127.0.0.1:{server.server_address[1]}", "http", timeout=5)
    server.shutdown()
    server.server_close()


def test_a_tag_has_its_digest_and_platforms(registry: Registry) -> None:
    manifest = registry.manifest("acme/app", "1.0")
    assert manifest.digest == f"sha256:{hashlib.sha256(INDEX).hexdigest()}"
    assert manifest.platforms == ("linux/amd64", "linux/arm/v7")


def test_a_missing_tag_is_an_error_with_the_code(registry: Registry) -> None:
    with pytest.raises(EngineError, match="404"):
        registry.manifest("acme/app", "2.0")


def test_a_digest_that_does_not_fit_is_refused(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Handler, "lie", True)
    with pytest.raises(EngineError, match="not what its digest says"):
        registry.manifest("acme/app", "1.0")


def test_a_huge_answer_is_refused(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Handler, "huge", True)
    with pytest.raises(EngineError, match="larger"):
        registry.manifest("acme/app", "1.0")


def test_nobody_at_home() -> None:
    with pytest.raises(EngineError, match="cannot be reached"):
        Registry("127.0.0.1:9", "http", timeout=1).manifest("acme/app", "1.0")


def test_refreshing_keeps_what_cannot_be_asked(registry: Registry) -> None:
    data = {
        "images": [
            {"image": "r.example/acme/app", "tag": "1.0", "digest": "sha256:old", "seen": "2020-01"},
            {"image": "r.example/acme/app", "tag": "0.9", "digest": "sha256:kept", "seen": "2020-01"},
        ]
    }
    lines = refreshed(data, {"r.example": registry}, "2026-11")
    assert [line.split()[0] for line in lines] == ["changed", "kept"]
    assert [entry["seen"] for entry in data["images"]] == ["2026-11", "2020-01"]
    added(data, ["r.example/acme/app:1.1"])
    assert [entry["tag"] for entry in data["images"]] == ["0.9", "1.0", "1.1"]
    with pytest.raises(EngineError, match="not in the data"):
        added(data, ["r.example/other:1"])
