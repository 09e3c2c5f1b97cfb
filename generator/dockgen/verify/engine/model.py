"""What is asked of an engine and what it answers, whichever engine it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dockgen.dockerfile.model import Dockerfile
from dockgen.verify.progress import BuildLog

LABEL = "dev.dockgen.verify"
"""The label that all started containers carry; its value is the run's id."""


@dataclass(frozen=True)
class BuildRequest:
    """One build. `secrets` are files by id; `namespace` keeps cache mounts apart from everybody else's.

    `hosts` are `NAME:ADDRESS` for RUN instructions.
    """

    context: Path
    dockerfile: Path
    secrets: Mapping[str, Path] = field(default_factory=dict)
    build_args: Mapping[str, str] = field(default_factory=dict)
    namespace: str = ""
    network: str = ""
    ssh: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    target: str = ""
    no_cache: bool = False
    fresh_stages: tuple[str, ...] = ()
    epoch: int | None = None
    provenance: bool = False
    sbom: bool = False
    archive: Path | None = None
    cache: Path | None = None
    name: str = ""


@dataclass(frozen=True)
class BuildOutcome:
    """How a build ended: `log` are its steps and their output, `error` the engine's last words."""

    succeeded: bool
    seconds: float
    log: BuildLog
    error: str = ""
    output: bytes = b""


@dataclass(frozen=True)
class RunRequest:
    """One container to start. `tmpfs` and `volumes` are paths in it; `hardened` is all restrictions."""

    image: str
    session: str
    name: str
    hardened: bool = True
    read_only: bool = True
    user: str = ""
    port: int | None = None
    tmpfs: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()
    quick_health: bool = False
    init: bool = False


@dataclass(frozen=True)
class ContainerState:
    """A container as the engine sees it; `health` is '' where there is no HEALTHCHECK."""

    running: bool
    exit_code: int
    health: str
    health_log: str = ""
    oom_killed: bool = False
    error: str = ""


class Engine(ABC):
    """A container engine. All text it returns is hostile: it may hold what an image wrote."""

    name: str = ""
    exports_cache: bool = False
    """Whether the build cache can be exported and cache mounts be kept apart and read."""
    attests: bool = False
    """Whether builds record provenance."""
    keeps_healthcheck: bool = True
    reproducible: bool = False
    """Whether timestamps in layers can be rewritten to SOURCE_DATE_EPOCH."""

    @abstractmethod
    def describe(self) -> str:
        """Return name and versions in one line."""

    def lacks(self, dockerfile: Dockerfile) -> list[str]:  # noqa: ARG002 - others look at it
        """Return a sentence for each thing that the Dockerfile asks for and this version cannot build."""
        return []

    @abstractmethod
    def build(self, request: BuildRequest, heard: Callable[[str], None]) -> BuildOutcome:
        """Build; a build that fails is an outcome, EngineError is for an engine that cannot be called."""

    @abstractmethod
    def warnings(self, request: BuildRequest) -> list[str] | None:
        """Return what the engine's own checks of the Dockerfile say; None where it has none."""

    @abstractmethod
    def run(self, request: RunRequest) -> str:
        """Start a container in the background and return its id; EngineError where it cannot start."""

    @abstractmethod
    def state(self, container: str) -> ContainerState:
        """Return a container's state."""

    @abstractmethod
    def check_health(self, container: str) -> None:
        """Have the HEALTHCHECK run now, where the engine does not do so by itself."""

    @abstractmethod
    def address(self, container: str, port: int) -> tuple[str, int]:
        """Return host and port where a published port answers."""

    @abstractmethod
    def stop(self, container: str, grace: int) -> None:
        """Send the stop signal, and SIGKILL after the grace period in seconds."""

    @abstractmethod
    def start(self, container: str) -> None:
        """Start a stopped container again."""

    @abstractmethod
    def logs(self, container: str) -> str:
        """Return the end of what the container wrote."""

    @abstractmethod
    def changes(self, container: str) -> list[tuple[str, str]]:
        """Return (A, C or D; path) for each path that differs from the image."""

    @abstractmethod
    def processes(self, container: str) -> list[tuple[str, str]] | None:
        """Return (uid, command) of each process, None where the engine cannot tell."""

    @abstractmethod
    def clean(self, session: str, images: list[str], namespace: str) -> list[str]:
        """Remove what a run started; return what could not be removed."""
