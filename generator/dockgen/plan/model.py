"""The decisions: value types that cannot hold what a Dockerfile must not contain.

A plan holds no instruction text; templates put its values into instructions through the filters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dockgen.errors import PlanError
from dockgen.records import field, record
from dockgen.regexes import regex

_REPOSITORY = regex(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::\d+)?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*")
_TAG = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = regex(r"sha256:[0-9a-f]{64}")
_ENV = regex(r"[A-Za-z_][A-Za-z0-9_]*")
_PATH = regex(r"/[^\x00-\x1f\x7f]*")


def _check(fits: object, message: str, hint: str = "") -> None:
    if not fits:
        raise PlanError(message, hint)


@record
class ImageRef:
    """An image by repository, tag and digest (OCI distribution specification)."""

    repository: str
    tag: str
    digest: str

    def __post_init__(self) -> None:
        where = f"image {self.repository}:{self.tag}"
        hint = "write name:tag@sha256:<64 hexadecimal digits>"
        _check(_REPOSITORY.fullmatch(self.repository), f"{where}: not a repository's name", hint)
        _check(_TAG.fullmatch(self.tag), f"{where}: not a tag", hint)
        _check(_DIGEST.fullmatch(self.digest), f"{where}: not a digest: {self.digest}", hint)

    @staticmethod
    def parse(text: str) -> ImageRef:
        """Read `name:tag@sha256:…`; raise PlanError where a part is missing."""
        name, at, digest = text.strip().partition("@")
        repository, colon, tag = name.rpartition(":")
        hint = "write name:tag@sha256:<64 hexadecimal digits>"
        _check(at and colon and "/" not in tag, f"{text!r} lacks a tag or a digest", hint)
        first, slash, _ = repository.partition("/")
        if not slash:
            repository = f"docker.io/library/{repository}"
        elif "." not in first and ":" not in first and first != "localhost":
            repository = f"docker.io/{repository}"
        return ImageRef(repository, tag, digest)

    @property
    def name(self) -> str:
        """The full name with its tag, as org.opencontainers.image.base.name wants it."""
        return f"{self.repository}:{self.tag}"

    @property
    def short(self) -> str:
        """The name as people write it: docker.io/library/ left out."""
        return self.name.removeprefix("docker.io/library/").removeprefix("docker.io/")

    @property
    def reference(self) -> str:
        """The text for FROM."""
        return f"{self.short}@{self.digest}"


@record
class User:
    """The user at run time; `create` says that the base does not have it yet."""

    uid: int
    gid: int
    name: str
    create: bool

    def __post_init__(self) -> None:
        _check(1 <= self.uid <= 2**31 - 1, f"user id {self.uid}: root and negative ids are refused")
        _check(1 <= self.gid <= 2**31 - 1, f"group id {self.gid}: root's group and negative ids are refused")
        _check(re.fullmatch(r"[a-z_][a-z0-9_-]{0,31}", self.name), f"{self.name!r} is not a user's name")

    def __str__(self) -> str:
        return f"{self.uid}:{self.gid}"


@record
class Secret:
    """A build secret: `env` or `target` says where the one instruction sees it, else /run/secrets/<id>."""

    id: str
    env: str | None = None
    target: str | None = None

    def __post_init__(self) -> None:
        _check(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", self.id), f"{self.id!r} is not a secret's id")
        _check(self.env is None or _ENV.fullmatch(self.env), f"{self.env!r} is not a variable's name")
        _check(
            self.target is None or _PATH.fullmatch(self.target), f"{self.target!r} is not an absolute path"
        )

    @property
    def variable(self) -> str:
        """The variable that holds the value on a CI machine."""
        return self.env or re.sub(r"[^A-Z0-9]+", "_", self.id.upper())

    @property
    def mount(self) -> str:
        """The options of --mount."""
        where = (f",target={self.target}" if self.target else "") + (f",env={self.env}" if self.env else "")
        return f"type=secret,id={self.id}{where},required=true"


# The host keys that the user trusts already: taking one on trust while building would trust whoever answers.
KNOWN_HOSTS = Secret("known_hosts", target="/root/.ssh/known_hosts")


@record
class Writable:
    """A path that the process must be able to write: `tmpfs` is lost at the end, `volume` is kept."""

    path: str
    kind: str
    why: str = ""

    def __post_init__(self) -> None:
        _check(_PATH.fullmatch(self.path), f"{self.path!r} is not an absolute path")
        _check(self.kind in ("tmpfs", "volume"), f"{self.path}: {self.kind!r} is neither tmpfs nor volume")


@record
class Healthcheck:
    """HEALTHCHECK's command in exec form and its intervals in seconds."""

    test: tuple[str, ...]
    interval: int = 30
    timeout: int = 3
    start_period: int = 10
    retries: int = 3


@record
class Process:
    """A further process of the same application: a build target of that name, which only starts otherwise."""

    name: str
    entrypoint: tuple[str, ...]
    stop_signal: str | None = None

    def __post_init__(self) -> None:
        _check(
            re.fullmatch(r"[a-z][a-z0-9_-]*", self.name), f"{self.name!r} is not the name of a build target"
        )
        _check(
            self.entrypoint,
            f"process {self.name}: there is no command to start",
            f"name it: --set processes.{self.name}='…'",
        )


@record
class Notice:
    """Something the user must hear; with `strict` it stops the run, `practice` fails that row."""

    message: str
    hint: str = ""
    practice: int | None = None
    strict: bool = False


@record
class Plan:
    """Everything decided for one Dockerfile.

    `folder` is where the Dockerfile lies in the build context, '' for its root; `place` is the app's path in
    its repository, '' for its top and where there is none.
    `allow` are the paths the build context lets in, `values` what only this stack's template knows,
    `frontend` what templates/_shared/frontend.j2 prints of a front end that Node.js builds, empty for none,
    `processes` what else the same application starts, each a build target,
    `commands` named extra commands such as migrations, `extra_files` further files by their template, their
    paths as seen from the Dockerfile, `warnings` what the user must hear.
    """

    stack: str
    template: str
    project: str
    dockerfile: str
    images: Mapping[str, ImageRef]
    user: User
    entrypoint: tuple[str, ...]
    command: tuple[str, ...] = ()
    folder: str = ""
    place: str = ""
    workdir: str = "/app"
    port: int | None = None
    health: str | None = None
    healthcheck: Healthcheck | None = None
    stop_signal: str | None = None
    stop_seconds: int = 10
    environment: Mapping[str, str] = field(default_factory=dict)
    start_environment: Mapping[str, str] = field(default_factory=dict)
    build_arguments: Mapping[str, str] = field(default_factory=dict)
    build_packages: tuple[str, ...] = ()
    runtime_packages: tuple[str, ...] = ()
    secrets: tuple[Secret, ...] = ()
    ssh: bool = False
    writable: tuple[Writable, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    platforms: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    shell: bool = True
    package_manager: str = "none"
    ca_certificate: str = ""
    init: bool = False
    processes: tuple[Process, ...] = ()
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra_files: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    frontend: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Notice, ...] = ()

    @property
    def context_place(self) -> str:
        """The build context's path in the repository, '' for its top."""
        return self.place.removesuffix(self.folder).rstrip("/")

    @property
    def given_secrets(self) -> tuple[Secret, ...]:
        """All that a build must be given by --secret; with git over SSH the known host keys are among it."""
        return (*self.secrets, *([KNOWN_HOSTS] if self.ssh else []))

    @property
    def ssh_mounts(self) -> list[str]:
        """The mounts of an instruction that fetches from git over SSH, none where nothing does."""
        agent = "--mount=type=ssh,required=true"
        return [agent, f"--mount={KNOWN_HOSTS.mount}"] if self.ssh else []

    def __post_init__(self) -> None:
        _check(self.entrypoint, "there is no command to start", "name it: --set command='…'")
        for name in [*self.environment, *self.build_arguments, *self.start_environment]:
            _check(_ENV.fullmatch(name), f"{name!r} is not the name of an environment variable")
        _check(
            self.port is None or 1 <= self.port <= 65535, f"port {self.port} is out of range", "1 to 65535"
        )
        _check(_PATH.fullmatch(self.workdir), f"{self.workdir!r} is not an absolute path")
