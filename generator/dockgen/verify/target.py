"""What is verified: a Dockerfile, its context, its contract, and what the user gave for the build."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dockgen.dockerfile.model import Dockerfile
from dockgen.errors import ProjectError
from dockgen.project import git
from dockgen.verify.contract import LOCK_HINT, Contract, contract_of, from_dockerfile
from dockgen.verify.secret_parts import passwords_of

DOCKERFILE_LIMIT = 4 << 20
SECRET_LIMIT = 500 * 1024
"""BuildKit refuses secrets above 500 KiB."""


# As BuildKit's check SecretsUsedInArgOrEnv sees it.
SECRET_NAME = re.compile(
    r"(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)", re.IGNORECASE
)


@dataclass(frozen=True)
class Target:
    """All that one verification is about; `secrets` are real values by id, given by the user."""

    context: Path
    path: Path
    dockerfile: Dockerfile
    contract: Contract
    secrets: Mapping[str, bytes] = field(default_factory=dict)
    build_args: Mapping[str, str] = field(default_factory=dict)
    network: str = ""
    ssh: tuple[str, ...] = ()
    compare: Path | None = None
    hosts: tuple[str, ...] = ()
    stage: str = ""
    """The stage to build, '' for the last one."""

    @property
    def secret_build_args(self) -> dict[str, tuple[str, ...]]:
        """What is secret of each build argument: all where the name says so, of an address the password."""
        return {
            name: (value,) if SECRET_NAME.search(name) else tuple(passwords_of(value))
            for name, value in self.build_args.items()
        }


def load_target(
    project: Path,
    *,
    dockerfile: Path | None = None,
    secrets: Mapping[str, bytes] | None = None,
    build_args: Mapping[str, str] | None = None,
    network: str = "",
    ssh: tuple[str, ...] = (),
    compare: Path | None = None,
    hosts: tuple[str, ...] = (),
    stage: str = "",
) -> Target:
    """Read Dockerfile and lock; ProjectError where there is no Dockerfile or it cannot be parsed.

    A `stage` other than the last is held to what the Dockerfile says of it: the lock is about the last.
    """
    from dockgen.dockerfile.parser import parse

    folder = project.resolve()
    if not folder.is_dir():
        raise ProjectError(f"{project} is not a folder", "give the folder that holds the Dockerfile")
    path = (dockerfile or folder / "Dockerfile").resolve()
    parsed = parse(_read(path), path.name)
    if not parsed.stages:
        raise ProjectError(f"{path.name} has no FROM", "a Dockerfile begins with FROM")
    wanted = _up_to(parsed, stage) if stage else parsed
    contract = contract_of(parsed, folder / "dockgen.lock")
    if len(wanted.stages) < len(parsed.stages):
        contract = replace(from_dockerfile(wanted), images=contract.images, context=contract.context)
    context = _context(folder, contract.context)
    return Target(
        context, path, wanted, contract, secrets or {}, build_args or {}, network, ssh, compare, hosts, stage
    )


def _up_to(parsed: Dockerfile, reference: str) -> Dockerfile:
    """Return the Dockerfile as if the stage were its last."""
    stage = parsed.stage(reference)
    if stage is None:
        names = ", ".join(one.name for one in parsed.stages if one.name)
        raise ProjectError(
            f"{parsed.path} has no stage {reference!r}", f"its named stages: {names}" if names else ""
        )
    return replace(parsed, stages=parsed.stages[: parsed.stages.index(stage) + 1])


def _context(folder: Path, up: str) -> Path:
    """Return the build context, which a workspace's member has above its own folder.

    Raises ProjectError for a way that leaves the repository: a lock is a file of the project like any other.
    """
    context = folder.joinpath(*up.split("/"))
    top = git.toplevel(folder)
    if up and top is not None and not context.resolve().is_relative_to(top):
        raise ProjectError(f"dockgen.lock: the build context {up} lies outside of the repository", LOCK_HINT)
    return context.resolve()


def read_secret(option: str) -> tuple[str, bytes]:
    """Return id and value of an option `id=NAME,src=FILE` or `id=NAME,env=VARIABLE`, as docker takes it."""
    parts = dict(part.partition("=")[::2] for part in option.split(","))
    identity = parts.get("id", "")
    source = parts.get("src") or parts.get("source")
    variable = parts.get("env") or (identity if parts.get("type") == "env" else "")
    if not identity or not (source or variable):
        raise ProjectError(
            "--secret needs an id and a source",
            "write --secret id=NAME,src=FILE or --secret id=NAME,env=VARIABLE",
        )
    value = _secret_file(Path(source)) if source else _variable(variable)
    return identity, value


def _variable(name: str) -> bytes:
    value = os.environ.get(name)
    if not value:
        raise ProjectError(
            f"the environment variable {name} is empty or not set", "export it before the call"
        )
    return value.encode(errors="surrogateescape")


def _secret_file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            value = stream.read(SECRET_LIMIT + 1)
    except OSError as error:
        raise ProjectError(f"the secret's file {path} cannot be read: {error.strerror}") from error
    if not value or len(value) > SECRET_LIMIT:
        raise ProjectError(f"the secret's file {path} is empty or larger than 500 KiB")
    return value


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(DOCKERFILE_LIMIT + 1)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be read: {error.strerror}", "write one with `dockgen new`, or name it with --file"
        ) from error
    if len(raw) > DOCKERFILE_LIMIT:
        raise ProjectError(f"{path} is larger than {DOCKERFILE_LIMIT >> 20} MB")
    return raw.decode(errors="replace")
