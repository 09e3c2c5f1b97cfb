"""What must hold of a container: from dockgen.lock where it is there, else from the Dockerfile itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.errors import ProjectError

LOCK_LIMIT = 8 << 20
LOCK_HINT = "run `dockgen new` again to write dockgen.lock anew, or remove the file"
_UPWARDS = re.compile(r"\.\.(?:/\.\.){0,15}")
_ROUTE = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(/[^\s'\"\\)]*)")
_HOST = re.compile(r"\bHost['\"]?\s*:\s*['\"]?([A-Za-z0-9.-]+)", re.IGNORECASE)
_GET = re.compile(r"['\"]GET['\"]\s*,\s*['\"](/[^'\"]*)['\"]")


@dataclass(frozen=True, slots=True)
class SecretUse:
    """A build secret: its id, where the build sees it (variable or file), and whether it must be given."""

    id: str
    env: str = ""
    target: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Writable:
    """A path that the container may write to, as `tmpfs` or `volume`."""

    path: str
    kind: str = "tmpfs"


@dataclass(frozen=True)
class Contract:
    """The promises. None means that nothing is promised: `shell=False` promises that there is none.

    `host` is the name by which the health route is asked, as the health check does.
    `context` leads from the Dockerfile's folder to the build context, '' where that is the folder itself.
    `init` is an init process of the engine's (`docker run --init`).
    `grace_seconds` is the time between the stop signal and SIGKILL (docker's default is 10).
    """

    source: str
    port: int | None = None
    health: str | None = None
    host: str = "localhost"
    secrets: tuple[SecretUse, ...] = ()
    writable: tuple[Writable, ...] = ()
    worker: bool = False
    shell: bool | None = None
    package_manager: bool | None = None
    static: bool = False
    grace_seconds: int = 10
    init: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()
    images: Mapping[str, str] = field(default_factory=dict)
    context: str = ""


def contract_of(dockerfile: Dockerfile, lock: Path) -> Contract:
    """Return the lock's contract, or the Dockerfile's own where the lock has none.

    Raises ProjectError for a lock that cannot be read or whose values are not what they should be.
    """
    derived = from_dockerfile(dockerfile)
    if not lock.is_file():
        return derived
    content = _load(lock)
    images = _images(content)
    container = content.get("container")
    if not isinstance(container, dict):
        return replace(derived, images=images)
    return replace(from_lock(container, str(lock.name), derived), images=images)


def from_lock(container: Mapping[str, Any], source: str, derived: Contract) -> Contract:
    """Return the contract that a lock's `container:` mapping states."""
    read = _Reader(container, source)
    secrets = tuple(
        SecretUse(
            item.text("id"),
            item.text("env", ""),
            item.text("target", ""),
            item.flag("required", True) is True,
        )
        for item in read.items("secrets")
    )
    writable = tuple(
        Writable(item.text("path"), item.text("kind", "tmpfs")) for item in read.items("writable")
    )
    return Contract(
        source=source,
        port=read.number("port"),
        health=read.text("health", "") or None,
        host=derived.host,
        secrets=(*secrets, *(use for use in derived.secrets if use.id not in {s.id for s in secrets})),
        writable=writable,
        worker=read.flag("worker", False) is True,
        shell=read.flag("shell", None),
        package_manager=read.flag("package_manager", None),
        static=read.flag("static", derived.static) is True,
        grace_seconds=read.number("grace_seconds") or 10,
        init=read.flag("init", False) is True,
        environment=read.texts("environment"),
        context=read.upwards("context"),
        command=(),
    )


def from_dockerfile(dockerfile: Dockerfile) -> Contract:
    """Return what EXPOSE, HEALTHCHECK, VOLUME, secret mounts and the base's name promise."""
    final = dockerfile.final_stage
    if final is None:
        return Contract(source=dockerfile.path)
    health = _last(final.inherited("HEALTHCHECK"))
    base = final.base_image or ""
    bare = bool(re.search(r"distroless|chainguard|^scratch$", base)) and ":debug" not in base
    return Contract(
        source=dockerfile.path,
        port=_port(final.inherited("EXPOSE")),
        health=_route(health) if health else None,
        host=_host(health) if health else "localhost",
        secrets=secrets_of(dockerfile),
        writable=tuple(Writable(word.text, "volume") for i in final.inherited("VOLUME") for word in i.words),
        worker=not final.inherited("EXPOSE"),
        shell=False if bare else None,
        package_manager=False if bare else None,
        static=bool(re.search(r"/static|^scratch$", base)),
    )


def secrets_of(dockerfile: Dockerfile) -> tuple[SecretUse, ...]:
    """Return each secret that a RUN mounts; the first use of an id counts."""
    return secrets_of_instructions(i for stage in dockerfile.stages for i in stage.instructions)


def secrets_of_instructions(instructions: Iterable[Instruction]) -> tuple[SecretUse, ...]:
    """Return each secret that the instructions mount, once."""
    found: dict[str, SecretUse] = {}
    for instruction in instructions:
        for _, options in instruction.mounts():
            if options.get("type") == "secret":
                use = _secret(options)
                found.setdefault(use.id, use)
    return tuple(found.values())


def _secret(options: Mapping[str, str]) -> SecretUse:
    target = options.get("target") or options.get("dst") or options.get("destination") or ""
    identity = options.get("id") or target.rpartition("/")[2]
    required = options.get("required", "false").lower() in {"", "true", "1"}
    env = options.get("env", "")
    return SecretUse(identity, env, target or ("" if env else f"/run/secrets/{identity}"), required)


def _port(instructions: list[Instruction]) -> int | None:
    for instruction in instructions:
        for word in instruction.words:
            number, _, protocol = word.text.partition("/")
            if number.isascii() and number.isdigit() and protocol in {"", "tcp"}:
                return int(number)
    return None


def _route(instruction: Instruction) -> str | None:
    found = _ROUTE.search(instruction.text) or _GET.search(instruction.text.replace('\\"', '"'))
    return found.group(1) if found else None


def _host(instruction: Instruction) -> str:
    found = _HOST.search(instruction.text.replace('\\"', '"'))
    return found.group(1) if found else "localhost"


def _last(instructions: list[Instruction]) -> Instruction | None:
    return instructions[-1] if instructions else None


def _load(lock: Path) -> dict[str, Any]:
    import yaml

    try:
        raw = lock.read_bytes()[: LOCK_LIMIT + 1]
        if len(raw) > LOCK_LIMIT:
            raise ProjectError(f"{lock.name} is larger than {LOCK_LIMIT >> 20} MB", LOCK_HINT)
        content = yaml.safe_load(raw)
    except (OSError, yaml.YAMLError, RecursionError, ValueError) as error:
        raise ProjectError(f"{lock.name} cannot be read: {str(error).splitlines()[0]}", LOCK_HINT) from error
    if not isinstance(content, dict):
        raise ProjectError(f"{lock.name} is not a mapping", LOCK_HINT)
    return content


def _images(content: Mapping[str, Any]) -> dict[str, str]:
    """Return image name to digest, as the lock's `images:` has them (mapping, or list of name and digest)."""
    images = content.get("images")
    if isinstance(images, dict):
        return {str(name): str(digest) for name, digest in images.items() if isinstance(digest, str)}
    rows = [row for row in images if isinstance(row, dict)] if isinstance(images, list) else []
    return {str(row.get("name")): str(row.get("digest")) for row in rows}


@dataclass(frozen=True, slots=True)
class _Reader:
    values: Mapping[str, Any]
    source: str

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key)
        value = default if value is None else value
        if not isinstance(value, str):
            raise self._wrong(key, "text")
        return value

    def upwards(self, key: str) -> str:
        value = self.text(key, "")
        if value and not _UPWARDS.fullmatch(value):
            raise self._wrong(key, "a way up such as ../..")
        return value

    def number(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is not None and (
            not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 65536
        ):
            raise self._wrong(key, "a number from 1 to 65535")
        return value

    def flag(self, key: str, default: bool | None) -> bool | None:
        value = self.values.get(key)
        value = default if value is None else value
        if value is not None and not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def texts(self, key: str) -> dict[str, str]:
        value = self.values.get(key) or {}
        if not isinstance(value, dict):
            raise self._wrong(key, "a mapping of text to text")
        return {str(name): str(text) for name, text in value.items()}

    def items(self, key: str) -> list[_Reader]:
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, "a list of mappings")
        return [_Reader(item, f"{self.source}: container.{key}") for item in value]

    def _wrong(self, key: str, expected: str) -> ProjectError:
        return ProjectError(f"{self.source}: `{key}` is not {expected}", LOCK_HINT)
