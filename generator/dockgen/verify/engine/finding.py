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
ABSENT = "is not installed"
ENGINES = ("docker", "podman", "buildah")


def find_engine(name: str = "", say: Callable[[str], None] = lambda _: None) -> Engine:
    """Return the engine of that name, else the first that answers; EngineError says what to install.

    One that is installed and does not answer is not passed over without a word.
    """
    refused = []
    for candidate in [name] if name else ENGINES:
        engine = _make(candidate)
        if engine is None:
            refused.append(f"{candidate} {ABSENT}")
            continue
        try:
            engine.describe()
        except EngineError as error:
            refused.append(f"{candidate}: {error.message}")
        else:
            for reason in refused:
                if not reason.endswith(ABSENT):
                    say(f"{reason}; {candidate} is used instead")
            return engine
    raise EngineError(f"no container engine: {'; '.join(refused)}", WAY_OUT)


def _make(name: str) -> Engine | None:
    if not shutil.which(name):
        return None
    made: dict[str, Callable[[], Engine]] = {"docker": Docker, "podman": Podman, "buildah": Buildah}
    return made[name]()
