"""Docker with buildx.

Options as in https://docs.docker.com/reference/cli/docker/buildx/build/ and …/cli/docker/container/run/.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from dockgen.errors import EngineError
from dockgen.verify.engine.model import LABEL, BuildOutcome, BuildRequest, ContainerState, Engine, RunRequest
from dockgen.verify.engine.proc import process_tree
from dockgen.verify.engine.process import BUILD_LIMIT, Finished, call
from dockgen.verify.oci import listing, mapping
from dockgen.verify.progress import BuildLog

PRUNE_TRIES = 5
# containerd's garbage collector, when images are removed at the same time; no fault of the Dockerfile.
_LOST = re.compile(r"failed to prepare extraction snapshot .*: parent snapshot \S+ does not exist")
LIMITS = ("--pids-limit", "256", "--memory", "768m")


class Docker(Engine):
    """The docker command line; DOCKER_HOST and contexts are its own business."""

    name = "docker"
    exports_cache = True
    attests = True
    reproducible = True
    run_options: tuple[str, ...] = ()
    """Options of each container that only this engine needs."""

    def __init__(self, program: str = "docker") -> None:
        self._program = program

    def describe(self) -> str:
        """Return docker's, the engine's and buildx' version; EngineError where no engine answers."""
        found = self._call("version", "--format", "{{.Client.Version}}|{{.Server.Version}}")
        if found.code:
            raise EngineError(f"no docker engine answers: {found.words}", "start Docker, or set DOCKER_HOST")
        buildx = self._call("buildx", "version")
        if buildx.code:
            raise EngineError("docker has no buildx", "install the docker-buildx plugin")
        client, _, server = found.text.partition("|")
        return f"docker {client}, engine {server}, buildx {[*buildx.text.split(), '?', '?'][1]}"

    def build(self, request: BuildRequest, heard: Callable[[str], None]) -> BuildOutcome:
        """Build with BuildKit; once more where the engine itself lost a layer meanwhile."""
        outcome = self._build(request, heard)
        if outcome.succeeded or not _LOST.search(outcome.error):
            return outcome
        heard("the engine lost a layer while it stored the image: once more")
        return self._build(request, heard)

    def _build(self, request: BuildRequest, heard: Callable[[str], None]) -> BuildOutcome:
        log = BuildLog(heard)
        began = time.monotonic()
        done = call(
            [self._program, *build_command(request)],
            limit=BUILD_LIMIT,
            environment={"DOCKER_BUILDKIT": "1", "DOCKER_CLI_HINTS": "false"},
            on_error_line=log.feed,
        )
        error = "" if done.code == 0 else "\n".join(log.failures() or log.plain[-6:])
        return BuildOutcome(done.code == 0, time.monotonic() - began, log, error, done.stdout)

    def warnings(self, request: BuildRequest) -> list[str] | None:
        """Return the warnings of `docker build --check`."""
        arguments = [f"--build-arg={name}={value}" for name, value in request.build_args.items()]
        place = ["--file", str(request.dockerfile), str(request.context)]
        done = self._call("buildx", "build", "--call=check,format=json", *arguments, *place, limit=300)
        try:
            found = mapping(json.loads(done.stdout))
        except (ValueError, RecursionError):
            raise EngineError(f"docker build --check failed: {done.words}") from None
        rows = [mapping(row) for row in listing(found.get("warnings"))]
        error = mapping(found.get("buildError")).get("message")
        return [f"{row.get('ruleName')}: {row.get('detail')}" for row in rows] + (
            [str(error)] if error else []
        )

    def run(self, request: RunRequest) -> str:
        """Start a container in the background."""
        done = self._call(*run_command(request, self.run_options))
        container = done.text.splitlines()[-1] if done.text else ""
        if done.code or not re.fullmatch(r"[0-9a-f]{12,64}", container):
            raise EngineError(f"the container cannot start: {done.words}")
        return container

    def state(self, container: str) -> ContainerState:
        """Return a container's state."""
        state = mapping(self._inspect(container).get("State"))
        # podman before 5 calls it Healthcheck.
        health = mapping(state.get("Health") or state.get("Healthcheck"))
        log = [mapping(entry) for entry in listing(health.get("Log"))]
        code = state.get("ExitCode")
        return ContainerState(
            running=state.get("Running") is True,
            exit_code=code if isinstance(code, int) else -1,
            health=str(health.get("Status") or ""),
            health_log=str(log[-1].get("Output", ""))[:2000] if log else "",
            oom_killed=state.get("OOMKilled") is True,
            error=str(state.get("Error") or ""),
        )

    def check_health(self, container: str) -> None:
        """Do nothing: the engine runs it."""

    def address(self, container: str, port: int) -> tuple[str, int]:
        """Return host and port where the published port answers."""
        ports = mapping(mapping(self._inspect(container).get("NetworkSettings")).get("Ports"))
        for binding in [mapping(item) for item in listing(ports.get(f"{port}/tcp"))]:
            number = str(binding.get("HostPort", ""))
            if number.isascii() and number.isdigit():
                return self._host(), int(number)
        raise EngineError(f"the engine did not publish port {port}")

    def stop(self, container: str, grace: int) -> None:
        """Send the stop signal, and SIGKILL after the grace period."""
        self._must("stop", "--time", str(grace), container, limit=grace + 60)

    def start(self, container: str) -> None:
        """Start a stopped container again."""
        self._must("start", container)

    def logs(self, container: str) -> str:
        """Return the end of what the container wrote."""
        done = self._call("logs", "--tail", "30", container)
        return (done.stdout + done.stderr).decode(errors="replace")[-4000:]

    def changes(self, container: str) -> list[tuple[str, str]]:
        """Return each path that differs from the image."""
        lines = self._must("diff", container).text.splitlines()
        return [(line[0], line[2:]) for line in lines if len(line) > 2]

    def processes(self, container: str) -> list[tuple[str, str]] | None:
        """Return uid and command of each process; None where neither the engine nor this machine can tell."""
        done = self._call("top", container, "-eo", "uid,pid,args")
        if done.code:
            pid = mapping(self._inspect(container).get("State")).get("Pid")
            return process_tree(pid) if isinstance(pid, int) and self._host() == "127.0.0.1" else None
        rows = [line.split(None, 2) for line in done.text.splitlines()[1:]]
        return [(row[0], row[2]) for row in rows if len(row) == 3]

    def clean(self, session: str, images: list[str], namespace: str) -> list[str]:
        """Remove containers by label, images by name, cache mounts by namespace."""
        left: list[str] = []
        containers = self._call("ps", "--all", "--quiet", "--filter", f"label={LABEL}={session}").text.split()
        if containers and self._call("rm", "--force", "--volumes", *containers).code:
            left += [f"container {container}" for container in containers]
        for image in images:
            done = self._call("image", "rm", "--force", image)
            if done.code and b"No such image" not in done.stderr:
                left.append(f"image {image}")
        return left + self._prune(namespace)

    def _prune(self, namespace: str) -> list[str]:
        if not namespace:
            return []
        left: list[str] = []
        # BuildKit lets go of a mount a moment after the build, and prunes nothing that it still holds.
        for _ in range(PRUNE_TRIES):
            usage = self._call("buildx", "du", "--verbose")
            found = [] if usage.code else cache_mount_ids(usage.text, namespace)
            left = [f"cache mount {mount}" for mount in found]
            left += [f"cache mounts of {namespace}: {usage.words}"] * bool(usage.code)
            if not left:
                break
            for mount in found:
                self._call("buildx", "prune", "--force", "--filter", f"id={mount}")
            time.sleep(0.3)
        return left

    def _host(self) -> str:
        # A tcp:// or ssh:// engine publishes on its own machine.
        url = urlsplit(os.environ.get("DOCKER_HOST", ""))
        return url.hostname or "127.0.0.1" if url.scheme in {"tcp", "ssh", "http", "https"} else "127.0.0.1"

    def _inspect(self, container: str) -> dict[str, Any]:
        done = self._must("inspect", "--type", "container", container)
        try:
            found = json.loads(done.stdout)
        except (ValueError, RecursionError) as error:
            raise EngineError("the engine's description of a container is not JSON") from error
        return mapping(next(iter(listing(found)), None))

    def _must(self, *arguments: str, limit: float = 120) -> Finished:
        done = self._call(*arguments, limit=limit)
        if done.code:
            raise EngineError(f"`{self._program} {arguments[0]}` failed: {done.words}")
        return done

    def _call(self, *arguments: str, limit: float = 120) -> Finished:
        return call([self._program, *arguments], limit=limit)


def cache_mount_ids(usage: str, namespace: str) -> list[str]:
    """Return the ids of the cache mounts of a namespace in what `docker buildx du --verbose` writes."""
    ids, identity = [], ""
    for line in usage.splitlines():
        key, _, value = line.partition(":")
        identity = value.strip() if key == "ID" else identity
        if (
            key == "Description"
            and f'with id "{namespace}-' in value
            and re.fullmatch(r"[a-z0-9]+", identity)
        ):
            ids.append(identity)
    return ids


def build_command(request: BuildRequest) -> list[str]:
    """Return buildx' arguments for a build."""
    command = ["buildx", "build", "--progress=rawjson", "--file", str(request.dockerfile)]
    command += ["--provenance=mode=max" if request.provenance else "--provenance=false"]
    command += [f"--sbom={str(request.sbom).lower()}"]
    command += ["--no-cache"] * request.no_cache
    for flag, value in (("--target", request.target), ("--network", request.network)):
        command += [flag, value] * bool(value)
    for stage in request.fresh_stages:
        command += ["--no-cache-filter", stage]
    for agent in request.ssh:
        command += ["--ssh", agent]
    for host in request.hosts:
        command += ["--add-host", host]
    for identity, path in request.secrets.items():
        command += ["--secret", f"id={identity},src={path}"]
    arguments = dict(request.build_args)
    if request.namespace:
        arguments["BUILDKIT_CACHE_MOUNT_NS"] = request.namespace
    if request.epoch is not None:
        arguments["SOURCE_DATE_EPOCH"] = str(request.epoch)
    for name, value in arguments.items():
        command += ["--build-arg", f"{name}={value}"]
    return [*command, *_outputs(request), str(request.context)]


def _outputs(request: BuildRequest) -> list[str]:
    outputs = []
    if request.archive:
        rewrite = ",rewrite-timestamp=true" if request.epoch is not None else ""
        outputs += ["--output", f"type=oci,dest={request.archive}{rewrite}"]
    if request.name:
        outputs += ["--output", f"type=docker,name={request.name}"]
    if request.cache:
        outputs += ["--cache-to", f"type=local,dest={request.cache},mode=max"]
    return outputs or ["--output", "type=cacheonly"]


def run_command(request: RunRequest, options: tuple[str, ...] = ()) -> list[str]:
    """Return docker's (and podman's) arguments that start a container."""
    command = ["run", "--detach", "--name", request.name, "--label", f"{LABEL}={request.session}"]
    command += ["--init"] * request.init
    if request.hardened:
        command += ["--cap-drop", "ALL", "--security-opt", "no-new-privileges", *LIMITS]
    command += ["--read-only"] * request.read_only
    for path in request.tmpfs:
        command += ["--tmpfs", path]
    for path in request.volumes:
        command += ["--volume", path]
    if request.port is not None:
        command += ["--publish", f"127.0.0.1::{request.port}"]
    if request.quick_health:
        command += ["--health-interval", "2s"]
    command += ["--user", request.user] * bool(request.user)
    for name, value in request.environment.items():
        command += ["--env", f"{name}={value}"]
    return [*command, *options, request.image, *request.command]
