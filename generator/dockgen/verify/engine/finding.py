"""Which engine is at hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from dockgen.errors import EngineError
from dockgen.verify.engine.docker import Docker
from dockgen.verify.engine.model import Engine
from dockgen.verify.engine.podman import Buildah, Podman

WAY_OUT = (
    "install Docker Engine with the buildx plugin (https://docs.docker.com/engine/install/), "
    "or podman (https://podman.io/docs/installation)"
)
ENGINES = ("docker", "podman", "buildah")


def find_engine(name: str = "") -> Engine:
    """Return the engine of that name, else the first that answers; EngineError says what to install."""
    refused = []
    for candidate in [name] if name else ENGINES:
        engine = _make(candidate)
        if engine is None:
            refused.append(f"{candidate} is not installed")
            continue
        try:
            engine.describe()
        except EngineError as error:
            refused.append(f"{candidate}: {error.message}")
        else:
            return engine
    raise EngineError(f"no container engine: {'; '.join(refused)}", WAY_OUT)


def _make(name: str) -> Engine | None:
    if not shutil.which(name):
        return None
    made: dict[str, Callable[[], Engine]] = {"docker": Docker, "podman": Podman, "buildah": Buildah}
    return made[name]()
