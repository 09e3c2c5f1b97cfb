"""Full official images where an engine has stand-ins that hold no more than the slim ones."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.images.rows import HERE
from dockgen.dockerfile.parser import parse
from dockgen.errors import EngineError
from e2e.standins.replacing import VARIABLE, policy_with


@dataclass(frozen=True)
class FullBase:
    """What some images of the same make hold besides their slim variants, as `source` says."""

    images: tuple[str, ...]
    lacks: str
    packages: tuple[str, ...]
    source: str
    read: object

    def dockerfile(self, image: str) -> str:
        """Return a file that adds the packages, unless the image has them."""
        install = "apt-get update && apt-get install --yes --no-install-recommends"
        added = f"{{ {install} {' '.join(self.packages)} && apt-get clean && rm -rf /var/lib/apt/lists/*; }}"
        return f"FROM {image}\nRUN command -v {self.lacks} || {added}\n"


def full_bases() -> list[FullBase]:
    """Return the rows of full-bases.yaml."""
    rows = yaml.safe_load((HERE / "full-bases.yaml").read_text(encoding="utf-8"))["bases"]
    return [FullBase(tuple(row.pop("images")), packages=tuple(row.pop("packages")), **row) for row in rows]


def wanted(dockerfile: str) -> Mapping[str, FullBase]:
    """Return the images of a Dockerfile that have more in their full variant, by their whole names."""
    names = {f"docker.io/library/{stage.image}" for stage in parse(dockerfile).stages}
    return {image: base for base in full_bases() for image in base.images if image in names}


@contextmanager
def completed(dockerfile: str, folder: Path) -> Iterator[None]:
    """Let the images that a Dockerfile names have what the official ones have, for the time being.

    With real registries there is no policy, and nothing is replaced. EngineError where one cannot be made.
    """
    before = os.environ.get(VARIABLE)
    more = wanted(dockerfile) if before else {}
    if not before or not more:
        yield
        return
    conversions = {re.escape(image): _made(image, base) for image, base in more.items()}
    os.environ[VARIABLE] = str(policy_with(conversions, folder))
    try:
        yield
    finally:
        os.environ[VARIABLE] = before


def _made(image: str, base: FullBase) -> str:
    name = f"docker.io/dockgen-standin/full-{image.rpartition('/')[2]}"
    command = ["docker", "build", "--quiet", "--tag", name, "-"]
    done = subprocess.run(
        command, input=base.dockerfile(image), capture_output=True, text=True, timeout=1800, check=False
    )
    if done.returncode:
        raise EngineError(f"{image} could not be completed: {done.stderr.strip()[-500:]}")
    return name
