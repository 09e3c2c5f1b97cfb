"""A project, and an engine that pretends to build and run it: what each check sees is made by hand."""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.server
import json
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dockgen.errors import EngineError
from dockgen.verify.engine.model import BuildOutcome, BuildRequest, ContainerState, Engine, RunRequest
from dockgen.verify.progress import BuildLog
from unit.verify.archives import Archive, folder, member, tar_of

Member = Any
DIGEST = "sha256:" + "a" * 64
SLSA = "https://slsa.dev/provenance/v1"
SPDX = "https://spdx.dev/Document"
INSTALL = "pip install --requirement requirements.txt"
DOCKERFILE = f"""\
FROM python:3.13-slim@{DIGEST} AS build
WORKDIR /src
RUN --mount=type=secret,id=token,required=true --mount=type=cache,id=pip,target=/c {INSTALL}
FROM gcr.io/distroless/python3-debian13:nonroot@{DIGEST}
COPY server.py /app/
USER 10001:10001
EXPOSE 8080
HEALTHCHECK CMD ["python", "/app/server.py", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["python", "/app/server.py"]
"""
CONTAINER = {
    "port": 8080,
    "health": "/healthz",
    "static": True,
    "shell": False,
    "package_manager": False,
    "grace_seconds": 1,
    "secrets": [{"id": "token", "required": True}],
}
BASE = (
    folder("etc"),
    member("etc/passwd", b"root:x:0:0::/root:/sbin/nologin\napp:x:10001:10001::/home/app:/sbin/nologin\n"),
    member("usr/bin/python3", b"\x7fELF", mode=0o755),
    member("usr/bin/su", b"\x7fELF", mode=0o4755),
    member("tmp", type=tarfile.DIRTYPE, mode=0o1777),
    # What a base brings is not the application's doing.
    member("srv/base", b"x", uid=10001, gid=10001, mode=0o644),
    member("usr/src/Dockerfile", b"x"),
    member("usr/src/.git/HEAD", b"x"),
    member("usr/lib/node_modules/jest/package.json", b"{}"),
    member("var/lib/apt/lists/base", b"x"),
)
APP = (folder("app"), member("app/server.py", b"serve", mode=0o644))
SETTINGS = {
    "User": "10001:10001",
    "Entrypoint": ["python", "/app/server.py"],
    "Labels": {"org.opencontainers.image.title": "probe"},
    "Healthcheck": {"Test": ["CMD", "python", "/app/server.py", "http://127.0.0.1:8080/healthz"]},
}


@dataclass(frozen=True)
class Scene:
    """What is looked at. The default keeps every promise; `leaks` names the places that hold the secret.

    `edit` changes the Dockerfile, `container` and `images` the lock, `settings` the image's config, `app`
    are more files of its last layer and `later` the files of one after it, `project` files beside the
    Dockerfile. The rest is how builds and containers behave; `fails` is the archive of a build that does not
    come to its end.
    """

    edit: tuple[str, str] = ("", "")
    container: Mapping[str, Any] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=lambda: {"base": DIGEST})
    project: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    app: tuple[Member, ...] = ()
    later: tuple[Member, ...] = ()
    history: tuple[str, ...] = ()
    made_by: str = "COPY server.py"
    leaks: frozenset[str] = frozenset()
    step: str = f"RUN {INSTALL}"
    log: bytes = b"done\n"
    builds: bool = True
    fails: str = ""
    warnings: tuple[str, ...] = ()
    demands_secret: bool = True
    uses_secret: bool = True
    differs: bool = False
    installs_anew: bool = False
    ends: Callable[[RunRequest], bool] = lambda _: False
    health: Callable[[RunRequest], str] = lambda _: "healthy"
    exit_code: int = 0
    comes_back: bool = True
    processes: tuple[tuple[str, str], ...] = (("10001", "python /app/server.py"),)
    changes: tuple[tuple[str, str], ...] = ()
    left_behind: tuple[str, ...] = ()

    def write(self, place: Path) -> Path:
        """Write the project into a folder that is there."""
        old, new = self.edit
        assert old in DOCKERFILE, old
        (place / "Dockerfile").write_text(DOCKERFILE.replace(old, new) if old else DOCKERFILE)
        (place / "server.py").write_text("serve")
        (place / "requirements.txt").touch()
        lock = {"images": dict(self.images), "container": {**CONTAINER, **self.container}}
        (place / "dockgen.lock").write_text(yaml.safe_dump(lock))
        for name, text in self.project.items():
            (place / name).write_text(text)
        return place


class Pretending(Engine):
    """Builds a scene's image without building, and runs it without running; `port` is where it answers."""

    name = "pretended"
    exports_cache = attests = reproducible = True

    def __init__(self, scene: Scene, port: int) -> None:
        self.scene = scene
        self.port = port
        self.source: bytes | None = None
        self.started: dict[str, RunRequest] = {}
        self.stopped: set[str] = set()
        self.again: set[str] = set()

    def describe(self) -> str:
        return "pretended 1.0"

    def build(self, request: BuildRequest, heard: Callable[[str], None]) -> BuildOutcome:
        log = BuildLog(heard)
        self._log(request, log)
        purpose = request.dockerfile.parent.name
        fails = {"demanded-0": self.scene.demands_secret, "used-0": self.scene.uses_secret}
        archive = request.archive.name if request.archive else "none"
        broken = not self.scene.builds or archive == self.scene.fails
        if broken or fails.get(purpose, False):
            return BuildOutcome(False, 1.0, log, f"exit code: 1 of {self.scene.step}")
        if request.archive:
            self._archive(request, purpose)
        if request.cache:
            self._cache(request)
        return BuildOutcome(True, 1.0, log)

    def _log(self, request: BuildRequest, log: BuildLog) -> None:
        path = request.context / "server.py"
        source = path.read_bytes() if path.exists() else b""
        self.source = self.source or source
        fresh = request.no_cache or (self.scene.installs_anew and source != self.source)
        step = {"digest": "1", "name": f"[build 3/3] {self.scene.step}", "started": "2026-01-01T00:00:00Z"}
        log.feed(json.dumps({"vertexes": [{**step, "cached": not fresh}]}).encode() + b"\n")
        data = base64.b64encode(self.scene.log + self._secret(request, "log")).decode()
        log.feed(json.dumps({"logs": [{"vertex": "1", "data": data}]}).encode() + b"\n")

    def _secret(self, request: BuildRequest, place: str) -> bytes:
        """Return the secret where the scene leaks it at a place, and a harmless word elsewhere."""
        given = request.secrets.get("token") if place in self.scene.leaks else None
        return given.read_bytes() if given else b"nothing"

    def _archive(self, request: BuildRequest, purpose: str) -> None:
        assert request.archive
        archive = Archive()
        if purpose == "base":
            archive.write(request.archive, self._image(archive, [tar_of(*BASE)], {}))
            return
        if purpose == "cache-mounts":
            content = member("0-pip/wheel", self._secret(request, "cache mount"))
            archive.write(request.archive, self._image(archive, [tar_of(content)], {}))
            return
        app = (*APP, *self.scene.app, member("app/stamp", self._secret(request, "layer")))
        if "bait" in self.scene.leaks:
            app += (member("app/.env", (request.context / ".env").read_bytes()),)
        again = b"again" if self.scene.differs and request.archive.name == "again.tar" else b""
        layers = [tar_of(*BASE), tar_of(*app, member("app/random", again))]
        if self.scene.later:
            layers.append(tar_of(*self.scene.later))
        settings = {**SETTINGS, **self.scene.settings}
        settings["Env"] = [*settings.get("Env", []), "SEEN=" + self._secret(request, "config").decode()]
        kind = SPDX if request.sbom else SLSA
        word = self._secret(request, "SBOM" if request.sbom else "provenance").decode()
        evidence = archive.image([json.dumps({"predicateType": kind, "x": word}).encode()], kind="tar")
        evidence["annotations"] = {"vnd.docker.reference.type": "attestation-manifest"}
        archive.write(request.archive, self._image(archive, layers, settings), evidence)

    def _image(self, archive: Archive, layers: list[bytes], settings: dict[str, Any]) -> dict[str, Any]:
        ids = ["sha256:" + hashlib.sha256(layer).hexdigest() for layer in layers]
        made = ["base", self.scene.made_by, *["RUN"] * len(layers)]
        history = [{"created_by": made[number]} for number in range(len(layers))]
        history += [{"created_by": text, "empty_layer": True} for text in self.scene.history]
        config = {"config": settings, "rootfs": {"diff_ids": ids}, "history": history}
        return archive.image(layers, config=config)

    def _cache(self, request: BuildRequest) -> None:
        assert request.cache
        archive = Archive()
        layer = gzip.compress(tar_of(member("src/stamp", self._secret(request, "cache"))))
        row = {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": archive.add(layer)}
        index = {"manifests": [{"digest": archive.add_json({"layers": [row]})}]}
        blobs = request.cache / "blobs" / "sha256"
        blobs.mkdir(parents=True)
        for digest, data in archive.blobs.items():
            (blobs / digest.removeprefix("sha256:")).write_bytes(data)
        (request.cache / "index.json").write_text(json.dumps(index))

    def warnings(self, request: BuildRequest) -> list[str] | None:
        assert request.dockerfile.exists()
        return list(self.scene.warnings)

    def run(self, request: RunRequest) -> str:
        self.started[request.name] = request
        return request.name

    def _is_up(self, container: str) -> bool:
        if container in self.stopped:
            return False
        ends = self.scene.ends(self.started[container])
        return not ends and (self.scene.comes_back or container not in self.again)

    def state(self, container: str) -> ContainerState:
        up = self._is_up(container)
        code = self.scene.exit_code if container in self.stopped else 1
        return ContainerState(up, 0 if up else code, self.scene.health(self.started[container]))

    def check_health(self, container: str) -> None:
        assert container in self.started

    def address(self, container: str, port: int) -> tuple[str, int]:
        if not self._is_up(container):
            raise EngineError(f"port {port} is not published")
        return "127.0.0.1", self.port

    def stop(self, container: str, grace: int) -> None:
        assert grace == CONTAINER["grace_seconds"]
        self.stopped.add(container)

    def start(self, container: str) -> None:
        self.stopped.remove(container)
        self.again.add(container)

    def logs(self, container: str) -> str:
        return f"the last words of {container}"

    def changes(self, container: str) -> list[tuple[str, str]]:
        assert not self.started[container].read_only
        return list(self.scene.changes)

    def processes(self, container: str) -> list[tuple[str, str]] | None:
        assert not self.started[container].hardened
        return list(self.scene.processes)

    def clean(self, session: str, images: list[str], namespace: str) -> list[str]:
        assert session in namespace
        assert images
        return list(self.scene.left_behind)


class Answering(http.server.BaseHTTPRequestHandler):
    """The application: every route is well."""

    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
