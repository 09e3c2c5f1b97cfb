"""A tag's digest, asked from its registry.

Source: the OCI distribution specification (pulling manifests) and Docker's token authentication. A registry's
answers are hostile until proven: sizes are bounded, addresses stay on https, digests are computed here.
"""

from __future__ import annotations

import hashlib
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from dockgen.errors import EngineError

_ACCEPT = ", ".join(
    (
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    )
)
_MAX_BYTES = 4_000_000
_HOSTS = {"docker.io": "registry-1.docker.io"}
_CHALLENGE = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a tag points at: its digest, and the platforms of an index (`os/architecture[/variant]`)."""

    digest: str
    platforms: tuple[str, ...] = ()


@dataclass
class Registry:
    """One registry by its host; `scheme` is http for a registry on this machine only.

    `timeout` is in seconds. Tokens are kept for the repositories that they were given for.
    """

    host: str
    scheme: str = "https"
    timeout: float = 30.0
    _tokens: dict[str, str] = field(default_factory=dict, repr=False)

    def manifest(self, repository: str, tag: str) -> Manifest:
        """Return what a tag points at now.

        Raises EngineError where the registry cannot be reached, refuses, or answers with nonsense.
        """
        body, said = self._get(repository, f"manifests/{urllib.parse.quote(tag, safe='')}")
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        if said and said != digest:
            raise EngineError(f"{self.host}: the manifest of {repository}:{tag} is not what its digest says")
        return Manifest(digest, _platforms(body))

    def _get(self, repository: str, path: str) -> tuple[bytes, str | None]:
        url = f"{self.scheme}://{_HOSTS.get(self.host, self.host)}/v2/{repository}/{path}"
        try:
            return self._read(url, repository)
        except urllib.error.HTTPError as error:
            challenge = error.headers.get("WWW-Authenticate", "")
            if error.code != 401 or repository in self._tokens or not challenge.startswith("Bearer "):
                raise EngineError(
                    f"{self.host}: {repository}: answered {error.code}", "check the name"
                ) from error
        self._tokens[repository] = self._token(challenge, repository)
        try:
            return self._read(url, repository)
        except urllib.error.HTTPError as error:
            raise EngineError(
                f"{self.host}: {repository}: answered {error.code}", "check the name"
            ) from error

    def _read(self, url: str, repository: str) -> tuple[bytes, str | None]:
        headers = {"Accept": _ACCEPT}
        if token := self._tokens.get(repository):
            headers["Authorization"] = f"Bearer {token}"
        return self._open(urllib.request.Request(url, headers=headers))  # noqa: S310 - checked in _open

    def _token(self, challenge: str, repository: str) -> str:
        fields = dict(_CHALLENGE.findall(challenge))
        query = {"service": fields.get("service", ""), "scope": f"repository:{repository}:pull"}
        request = urllib.request.Request(f"{fields.get('realm', '')}?{urllib.parse.urlencode(query)}")  # noqa: S310
        try:
            body, _ = self._open(request)
        except urllib.error.HTTPError as error:
            raise EngineError(f"{self.host}: its token service answered {error.code}") from error
        node = _json(body)
        token = node.get("token") or node.get("access_token")
        if not isinstance(token, str) or not token.isprintable():
            raise EngineError(f"{self.host}: its token service gave no token")
        return token

    def _open(self, request: urllib.request.Request) -> tuple[bytes, str | None]:
        if not request.full_url.startswith(f"{self.scheme}://"):
            raise EngineError(f"{self.host}: leads to {request.full_url[:100]!r}, which is not {self.scheme}")
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310 - checked above
                body: bytes = answer.read(_MAX_BYTES + 1)
                said = answer.headers.get("Docker-Content-Digest")
        except urllib.error.HTTPError:
            raise
        except (OSError, HTTPException, ValueError) as error:
            raise EngineError(f"{self.host}: cannot be reached: {error}", "check the network") from error
        if len(body) > _MAX_BYTES:
            raise EngineError(f"{self.host}: the answer is larger than {_MAX_BYTES} bytes")
        return body, said


def _json(body: bytes) -> dict[str, Any]:
    try:
        node = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return node if isinstance(node, dict) else {}


def _platforms(body: bytes) -> tuple[str, ...]:
    entries = _json(body).get("manifests")
    found = (
        [entry.get("platform") for entry in entries if isinstance(entry, dict)]
        if isinstance(entries, list)
        else []
    )
    names = [
        "/".join(str(node[key]) for key in ("os", "architecture", "variant") if node.get(key))
        for node in found
        if isinstance(node, dict) and node.get("os") not in (None, "unknown")
    ]
    return tuple(dict.fromkeys(names))
