"""Podman, and buildah beside it: the Docker image format, because OCI's drops HEALTHCHECK.

Options as in podman-build(1), podman-save(1), buildah-build(1) and buildah-push(1).
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

from dockgen.dockerfile.model import Dockerfile
from dockgen.errors import EngineError
from dockgen.verify.engine.buildah_data import unbuildable
from dockgen.verify.engine.docker import Docker
from dockgen.verify.engine.model import BuildOutcome, BuildRequest
from dockgen.verify.engine.process import BUILD_LIMIT, Finished, call
from dockgen.verify.progress import BuildLog


class Podman(Docker):
    """The podman command line, whose container commands are docker's."""

    name = "podman"
    exports_cache = False
    attests = False
    reproducible = False
    # Else podman itself writes the user into the container's /etc/passwd, as if the app had.
    run_options = ("--passwd=false",)

    def __init__(self, program: str = "podman", builder: str = "podman") -> None:
        super().__init__(program)
        self._builder = builder
        self._unnamed: list[str] = []

    def describe(self) -> str:
        """Return the versions; EngineError where podman does not answer."""
        found = self._call("info", "--format", "{{.Version.Version}}")
        if found.code:
            raise EngineError(f"podman does not answer: {found.words}", "see `podman info`")
        return f"podman {found.text}"

    def lacks(self, dockerfile: Dockerfile) -> list[str]:
        """Return what the buildah that builds is too old for."""
        version = self._buildah_version()
        return [
            f"{ability.what} (line {line}) needs buildah {ability.needs}, and this is {version}"
            for ability, line in unbuildable(dockerfile, version)
        ]

    def build(self, request: BuildRequest, heard: Callable[[str], None]) -> BuildOutcome:
        """Build and, if asked for, save the image."""
        name = request.name or f"dockgen-verify-unnamed:{secrets.token_hex(6)}"
        self._unnamed += [] if request.name else [name]
        log = BuildLog()
        began = time.monotonic()
        command = [self._builder, *podman_build(request, name)]
        done = call(command, limit=BUILD_LIMIT, on_error_line=lambda line: _hear(line, log, heard))
        seconds = time.monotonic() - began
        if done.code == 0 and request.archive:
            saved = self._save(name, str(request.archive))
            if saved.code:
                raise EngineError(f"{self._builder} cannot save the image: {saved.words}")
        error = "" if done.code == 0 else "\n".join(log.plain[-6:])
        return BuildOutcome(done.code == 0, seconds, log, error, done.stdout)

    def warnings(self, request: BuildRequest) -> list[str] | None:
        """Return None: there are no build checks."""

    def check_health(self, container: str) -> None:
        """Run it: podman leaves that to timers of systemd, which not every machine has."""
        self._call("healthcheck", "run", container)

    def changes(self, container: str) -> list[tuple[str, str]]:
        """Return each path that differs; not /etc itself, where podman makes mount points unlisted."""
        return [change for change in super().changes(container) if change != ("C", "/etc")]

    def clean(self, session: str, images: list[str], namespace: str) -> list[str]:
        """Remove containers and images; `namespace` is empty: cache mounts cannot be told apart here."""
        return super().clean(session, [*images, *self._unnamed], namespace)

    def _buildah_version(self) -> str:
        return self._call("info", "--format", "{{.Host.BuildahVersion}}").text

    def _save(self, name: str, archive: str) -> Finished:
        return self._call("save", "--format", "docker-archive", "--output", archive, name, limit=600)


class Buildah(Podman):
    """Buildah builds; podman, which shares its storage, runs."""

    name = "buildah"

    def __init__(self) -> None:
        super().__init__("podman", "buildah")

    def describe(self) -> str:
        """Return both versions; EngineError where one does not answer."""
        found = call(["buildah", "--version"], limit=60)
        if found.code:
            raise EngineError(f"buildah does not answer: {found.words}")
        return f"{found.text.partition(' (')[0]} with {super().describe()}"

    def _buildah_version(self) -> str:
        found = re.search(r"version (\S+)", call(["buildah", "--version"], limit=60).text)
        return found.group(1) if found else ""

    def _save(self, name: str, archive: str) -> Finished:
        return call(["buildah", "push", name, f"docker-archive:{archive}"], limit=600)


def podman_build(request: BuildRequest, name: str) -> list[str]:
    """Return the arguments of `podman build` and `buildah build` alike."""
    command = [
        "build",
        "--format",
        "docker",
        "--pull=missing",
        "--file",
        str(request.dockerfile),
        "--tag",
        name,
    ]
    # Nothing is cached, so that no intermediate image is left behind either.
    command += ["--no-cache", "--layers=false", "--force-rm"]
    for flag, value in (("--target", request.target), ("--network", request.network)):
        command += [flag, value] * bool(value)
    for agent in request.ssh:
        command += ["--ssh", agent]
    for host in request.hosts:
        command += ["--add-host", host]
    for identity, path in request.secrets.items():
        command += ["--secret", f"id={identity},src={path}"]
    for key, value in request.build_args.items():
        command += ["--build-arg", f"{key}={value}"]
    return [*command, str(request.context)]


def _hear(line: bytes, log: BuildLog, heard: Callable[[str], None]) -> None:
    log.feed(line)
    text = line.decode(errors="replace").strip()
    if "STEP " in text:
        heard(text)
