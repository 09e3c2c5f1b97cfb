"""A server of private Go modules as a company has it: own name, own authority, and a password.

Go sends what a netrc file holds over HTTPS alone, and a module's path has no port. So each server listens on
an address of its own in 127.0.0.0/8, where any number of them have port 443; builds learn it by --add-host.
"""

from __future__ import annotations

import http.server
import secrets
import ssl
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from e2e.private_registry import USER, PrivateRegistry

NAME = "acme.test"


def own_address() -> str:
    """Return an address of the loopback that nobody else listens on, most likely."""
    return "127." + ".".join(str(1 + secrets.randbelow(250)) for _ in range(3))


@dataclass
class PrivateModules(PrivateRegistry):
    """The running server; `folder` gets its certificate, which is its own authority, and the key."""

    folder: Path = Path()
    host: str = field(default_factory=own_address)

    @property
    def certificate(self) -> Path:
        """What builds must trust."""
        return self.folder / "acme.crt"

    @property
    def netrc(self) -> str:
        """What Go reads the password from."""
        return f"machine {NAME}\nlogin {USER}\npassword {self.secret}\n"

    def _listen(self) -> http.server.ThreadingHTTPServer:
        key = self.folder / "acme.key"
        request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
        files = ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(key), "-out", str(self.certificate)]
        subprocess.run(["openssl", *request, *files], check=True, capture_output=True)
        server = http.server.ThreadingHTTPServer((self.host, 443), http.server.BaseHTTPRequestHandler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        return server
