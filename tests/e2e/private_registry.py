"""A package index on the loopback that really demands its secret: PyPI's simple API, npm, Go's proxy.

It serves one tiny package in each language, `acme-greeting`, and answers 401 to whoever has not the secret.
Lock files name addresses: those here name WRITTEN, and a copy of them gets the real port, any that is free,
so that two runs go side by side.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.server
import io
import json
import secrets
import tarfile
import threading
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

WRITTEN = "127.0.0.1:18741"
USER = "build"
EPOCH = (1980, 1, 1, 0, 0, 0)
WHEEL = "acme_greeting-1.0.0-py3-none-any.whl"
GREETING = "hello from acme"


@dataclass
class PrivateRegistry:
    """The running index; `refused` counts the requests that had no or a wrong secret."""

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    refused: int = 0
    served: int = 0

    def __enter__(self) -> Self:
        self._server = self._listen()
        self._server.RequestHandlerClass = self._handler()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _listen(self) -> http.server.ThreadingHTTPServer:
        return http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._server.server_port}"

    def readdress(self, project: Path) -> None:
        """Put the real address into the copy of an application."""
        for path in project.rglob("*"):
            if path.is_file() and WRITTEN.encode() in path.read_bytes():
                path.write_bytes(path.read_bytes().replace(WRITTEN.encode(), self.address.encode()))

    @property
    def npmrc(self) -> str:
        """An .npmrc with scope and token."""
        registry = f"//{self.address}/npm/"
        return f"@acme:registry=http:{registry}\n{registry}:_authToken={self.secret}\n"

    def allows(self, authorization: str) -> bool:
        """Say whether the header carries the secret, as npm (Bearer) or the others (Basic) send it."""
        basic = base64.b64encode(f"{USER}:{self.secret}".encode()).decode()
        return authorization in {f"Bearer {self.secret}", f"Basic {basic}"}

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        registry, answers = self, contents(self.address)

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if not registry.allows(self.headers.get("Authorization", "")):
                    registry.refused += 1
                    self._answer(401, b"the secret is missing or wrong")
                    return
                body = answers.get(self.path.partition("?")[0].replace("%2f", "/").replace("%2F", "/"))
                registry.served += body is not None
                self._answer(200 if body is not None else 404, body or b"no such package")

            do_HEAD = do_GET  # noqa: N815

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("WWW-Authenticate", 'Basic realm="acme"')
                self.send_header("Content-Type", _kind(self.path))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Stay silent: the requests carry the secret."""

        return Handler


def _kind(path: str) -> str:
    if path.startswith("/npm/") and not path.endswith(".tgz"):
        return "application/json"
    return "text/html" if path.startswith("/pypi/simple") else "application/octet-stream"


def contents(address: str) -> dict[str, bytes]:
    """Return what is served, by path; packages have the same bytes each time, as lock files hold hashes."""
    return _python() | _npm(address) | _go()


def _python() -> dict[str, bytes]:
    info = "acme_greeting-1.0.0.dist-info"
    files = {
        "acme_greeting/__init__.py": f'GREETING = "{GREETING}"\n',
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: acme-greeting\nVersion: 1.0.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{name},{_urlsafe(text)},{len(text)}" for name, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,"]) + "\n"
    wheel = _zip(files)
    digest = hashlib.sha256(wheel).hexdigest()
    page = f'<!doctype html><a href="/pypi/files/{WHEEL}#sha256={digest}">{WHEEL}</a>'
    return {"/pypi/simple/acme-greeting/": page.encode(), f"/pypi/files/{WHEEL}": wheel}


def _npm(address: str) -> dict[str, bytes]:
    manifest = {"name": "@acme/greeting", "version": "1.0.0", "main": "index.js"}
    tarball = _tgz(
        {
            "package/package.json": json.dumps(manifest),
            "package/index.js": f"module.exports = {json.dumps(GREETING)};\n",
        }
    )
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    tarball_at = f"http://{address}/npm/@acme/greeting/-/greeting-1.0.0.tgz"
    version = {**manifest, "dist": {"tarball": tarball_at, "integrity": integrity}}
    document = {"name": "@acme/greeting", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
    return {
        "/npm/@acme/greeting": json.dumps(document).encode(),
        "/npm/@acme/greeting/-/greeting-1.0.0.tgz": tarball,
    }


def _go() -> dict[str, bytes]:
    module, version = "acme.test/greeting", "v1.0.0"
    files = {
        "go.mod": f"module {module}\n\ngo 1.23\n",
        "greeting.go": (
            "// Package greeting greets.\npackage greeting\n\n"
            f'// Text is the greeting.\nconst Text = "{GREETING}"\n'
        ),
    }
    archive = _zip({f"{module}@{version}/{name}": text for name, text in files.items()})
    root = f"/go/{module}/@v"
    # Where the module's own address says that it is: https://go.dev/ref/mod#vcs-find
    place = f'<meta name="go-import" content="{module} mod https://acme.test/go">'
    return {
        "/greeting": place.encode(),
        f"{root}/list": f"{version}\n".encode(),
        f"{root}/{version}.info": json.dumps({"Version": version, "Time": "2020-01-01T00:00:00Z"}).encode(),
        f"{root}/{version}.mod": files["go.mod"].encode(),
        f"{root}/{version}.zip": archive,
    }


def _zip(files: dict[str, str]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), text)
    return into.getvalue()


def _tgz(files: dict[str, str]) -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    # Level 0 stores: the bytes, and so the lock's hash, do not depend on zlib's version.
    return gzip.compress(into.getvalue(), compresslevel=0, mtime=0)


def _urlsafe(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={digest}"


if __name__ == "__main__":
    with PrivateRegistry() as running:
        print(running.address, running.secret, flush=True)
        threading.Event().wait()
