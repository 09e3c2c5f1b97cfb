"""One contestant's image: built cold, built again after changes, and looked into.

Size is the sum of the layers' bytes in the image as exported (an OCI archive): as tar streams, and gzipped as
the engine stores them. Times are of a whole `docker build` into the engine's image store, bases being there.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.images.full_bases import completed
from bench.images.rows import DOCUMENTED, Stack
from dockgen.dockerfile.parser import parse
from dockgen.errors import EngineError
from dockgen.verify.docker_archive import read_archive
from dockgen.verify.engine.docker import Docker
from dockgen.verify.engine.model import BuildRequest
from dockgen.verify.filesystem import overlay, read_all
from dockgen.verify.measuring import os_packages
from dockgen.verify.needles import Haystack
from dockgen.verify.paths import executables


@dataclass(frozen=True)
class Figures:
    """Bytes, counts and seconds of one contestant's image."""

    unpacked: int
    compressed: int
    packages: int
    programs: int
    cold: float
    after_source: float
    after_dependency: float | None


def measure(stack: Stack, contestant: str, rounds: int, say: Callable[[str], None]) -> Figures:
    """Build and measure; EngineError where the engine is missing or a build fails."""
    engine, run = Docker(), secrets.token_hex(6)
    images = [f"dockgen-bench:{run}"]
    with tempfile.TemporaryDirectory(prefix="dockgen-bench-") as folder:
        project = stack.write(contestant, Path(folder) / "project")
        archive = Path(folder) / "image.tar"

        def build(what: str, namespace: str, no_cache: bool = False, archive: Path | None = None) -> float:
            request = BuildRequest(
                context=project,
                dockerfile=project / "Dockerfile",
                namespace=f"dockgen-{run}-{namespace}",
                no_cache=no_cache,
                name="" if archive else images[0],
                archive=archive,
            )
            outcome = engine.build(request, lambda _: None)
            say(f"{stack.name}, {contestant}: {what} {outcome.seconds:.1f} s")
            if not outcome.succeeded:
                raise EngineError(f"{stack.name}, {contestant}: {what} fails: {outcome.error[-800:]}")
            return outcome.seconds

        dockerfile = (project / "Dockerfile").read_text(encoding="utf-8")
        full = completed(dockerfile, Path(folder)) if contestant == DOCUMENTED else nullcontext()
        try:
            with full:
                _unpack_bases(engine, dockerfile, Path(folder))
                cold = build("cold", "cold", no_cache=True)
                build("export", "cold", archive=archive)
                changes = []
                for number in range(1, rounds + 1):
                    stack.change_source(project, f"{run} {number}")
                    changes.append(build("after a source change", "cold"))
                dependency = None
                if stack.dependency:
                    stack.add_dependency(project)
                    dependency = build("after a dependency change", "cold")
            return _looked_into(archive, cold, median(changes), dependency)
        finally:
            engine.clean(run, images, f"dockgen-{run}")


def _unpack_bases(engine: Docker, dockerfile: str, folder: Path) -> None:
    """Have the engine unpack all base images, which else the first contestant to need one would pay for."""
    own = parse(dockerfile)
    names = {stage.name for stage in own.stages}
    bases = {stage.image for stage in own.stages if stage.image not in {*names, "scratch"}}
    empty = folder / "bases"
    empty.mkdir()
    for number, base in enumerate(sorted(bases)):
        path = empty / f"{number}.Dockerfile"
        path.write_text(f"FROM {base}\nCOPY {path.name} /\n", encoding="utf-8")
        engine.build(BuildRequest(context=empty, dockerfile=path), lambda _: None)


def _looked_into(archive: Path, cold: float, after_source: float, after_dependency: float | None) -> Figures:
    image = read_archive(archive)
    contents = read_all(image, Haystack((), "no-canary-here"))
    files = overlay(contents)
    return Figures(
        unpacked=sum(content.unpacked for content in contents),
        compressed=sum(layer.size for layer in image.layers),
        packages=len(os_packages(files)),
        programs=len(executables(files)),
        cold=cold,
        after_source=after_source,
        after_dependency=after_dependency,
    )
