"""One run of `verify`: builds and containers made once and shared by all checks, removed at the end."""

from __future__ import annotations

import contextlib
import itertools
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.errors import EngineError
from dockgen.verify import baits
from dockgen.verify.docker_archive import read_archive
from dockgen.verify.ending import uninterrupted
from dockgen.verify.engine.model import LABEL, BuildOutcome, BuildRequest, Engine
from dockgen.verify.filesystem import Filesystem, LayerContent, overlay, read_all
from dockgen.verify.measuring import measure
from dockgen.verify.model import Measures
from dockgen.verify.needles import Canary, Haystack, fresh_marker, fresh_value
from dockgen.verify.oci import Image, listing, mapping
from dockgen.verify.running import Start, first_start
from dockgen.verify.safe_text import one_line
from dockgen.verify.secret_parts import secret_parts
from dockgen.verify.target import SECRET_NAME, Target

EPOCH = 1_700_000_000
"""SOURCE_DATE_EPOCH of all builds; any moment will do, as long as it stays the same."""


@dataclass(frozen=True)
class Built:
    """A finished build and, where it succeeded, what it made."""

    request: BuildRequest
    outcome: BuildOutcome
    began: float

    @cached_property
    def image(self) -> Image:
        """The image; EngineError where the build failed."""
        if self.request.archive is None or not self.outcome.succeeded:
            raise EngineError("the build made no image")
        return read_archive(self.request.archive)


@dataclass
class Session:
    """What the checks share. Use it as a context manager: leaving it removes everything."""

    target: Target
    engine: Engine
    say: Callable[[str], None] = lambda _: None
    id: str = field(default_factory=lambda: secrets.token_hex(6))
    images: list[str] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    unused_baits: list[str] = field(default_factory=list)
    marker: str = field(default_factory=fresh_marker)
    warm: Built | None = None
    warm_bytes: int | None = None
    """Compressed bytes of the layers that the rebuild made and no build before it."""
    _known: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        self.work = Path(tempfile.mkdtemp(prefix="dockgen-verify-"))
        self.say(f"run {self.id}: what it starts is labelled {LABEL}={self.id}")
        return self

    def __exit__(self, *_: object) -> None:
        with uninterrupted():
            try:
                self.left_behind += self.engine.clean(self.id, self.images, self.namespace)
            except EngineError as error:
                self.left_behind.append(f"whatever is labelled {self.id}: {error.message}")
            finally:
                shutil.rmtree(self.work, onerror=_make_writable)

    @property
    def namespace(self) -> str:
        """The start of all cache mount ids of this run: they begin empty, and can be removed again."""
        return f"dockgen-{self.id}" if self.engine.exports_cache else ""

    @cached_property
    def context(self) -> Path:
        """The copied build context with bait in it."""
        copy = self.work / "context"
        self.say("copying the build context")
        baits.copy_context(self.target.context, copy, self.target.path)
        self._file_canaries, self.unused_baits = baits.lay(copy, self.marker)
        return copy

    @cached_property
    def dockerfile(self) -> Path:
        """The Dockerfile to build: beside its ignore file, as the engine looks for it there."""
        if self.target.path.is_relative_to(self.target.context):
            return self.context / self.target.path.relative_to(self.target.context)
        copy = self.work / self.target.path.name
        shutil.copyfile(self.target.path, copy)
        ignore = self.target.path.with_name(self.target.path.name + ".dockerignore")
        if ignore.is_file():
            shutil.copyfile(ignore, self.work / ignore.name)
        return copy

    @cached_property
    def secret_files(self) -> dict[str, Path]:
        """Each declared secret's file by id: the user's real value, else a canary."""
        folder = self.work / "secrets"
        folder.mkdir(mode=0o700)
        files = {}
        for number, identity in enumerate(dict.fromkeys([*self._declared, *self.target.secrets])):
            path = folder / str(number)
            path.write_bytes(self.target.secrets.get(identity) or self._secret_values[identity].encode())
            files[identity] = path
        return files

    @cached_property
    def _declared(self) -> tuple[str, ...]:
        from dockgen.verify.contract import secrets_of

        mounted = [use.id for use in secrets_of(self.target.dockerfile)]
        return tuple(dict.fromkeys([*(use.id for use in self.target.contract.secrets), *mounted]))

    @cached_property
    def secret_arguments(self) -> dict[str, str]:
        """Build arguments whose name says secret: the user's values, else canaries."""
        declared = {
            name.text for i in _instructions(self.source) if i.keyword == "ARG" for name, _ in i.pairs
        }
        named = {name for name in {*declared, *self.target.build_args} if SECRET_NAME.search(name)}
        return {name: self.target.build_args.get(name) or fresh_value(self.marker) for name in sorted(named)}

    @cached_property
    def _secret_values(self) -> dict[str, str]:
        return {identity: fresh_value(self.marker) for identity in self._declared}

    @cached_property
    def canaries(self) -> tuple[Canary, ...]:
        """All values that must appear nowhere."""
        _ = self.context
        found = list(self._file_canaries)
        for identity in self.secret_files:
            given = self.target.secrets.get(identity)
            values = (
                secret_parts(given.decode(errors="replace")) if given else [self._secret_values[identity]]
            )
            found += [Canary(f"the secret {identity}", value) for value in values]
        found += [
            Canary(f"the build argument {name}", value) for name, value in self.secret_arguments.items()
        ]
        return tuple(found)

    @cached_property
    def haystack(self) -> Haystack:
        """The search for all canaries."""
        return Haystack(self.canaries, self.marker)

    @cached_property
    def main(self) -> Built:
        """The build that all else looks at: nothing cached, canaries everywhere, everything exported."""
        name = f"dockgen-verify:{self.id}"
        self.images.append(name)
        request = self.request(
            no_cache=True,
            provenance=self.engine.attests,
            archive=self.work / "image.tar",
            cache=self.work / "cache" if self.engine.exports_cache else None,
            name=name,
        )
        return self.build(request, "building with canaries")

    def request(self, **changes: object) -> BuildRequest:
        """Return the usual build, changed as asked."""
        usual = BuildRequest(
            context=self.context,
            dockerfile=self.dockerfile,
            secrets=self.secret_files,
            build_args={**self.target.build_args, **self.secret_arguments},
            namespace=f"{self.namespace}-main" if self.namespace else "",
            network=self.target.network,
            ssh=self.target.ssh,
            target=self.target.stage,
            hosts=self.target.hosts,
            epoch=EPOCH if self.engine.reproducible else None,
        )
        return replace(usual, **changes)  # type: ignore[arg-type]

    def build(self, request: BuildRequest, what: str) -> Built:
        """Build, telling each step."""
        self.say(what)
        began = time.time()
        outcome = self.engine.build(request, lambda step: self.say(f"  {one_line(step)}"))
        self.say(f"{what}: {'done' if outcome.succeeded else 'failed'} in {outcome.seconds:.1f} s")
        return Built(request, outcome, began)

    def changed_dockerfile(self, text: str, name: str) -> Path:
        """Write a changed Dockerfile beside its ignore file; return its path."""
        folder = self.work / name
        folder.mkdir()
        path = folder / self.dockerfile.name
        path.write_text(text, encoding="utf-8", newline="")
        named = self.dockerfile.with_name(self.dockerfile.name + ".dockerignore")
        if named.is_file():
            shutil.copyfile(named, folder / named.name)
        return path

    @cached_property
    def layers(self) -> list[LayerContent]:
        """The content of each layer of the main image."""
        self.say("reading the image's layers")
        return read_all(self.main.image, self.haystack)

    @cached_property
    def files(self) -> Filesystem:
        """The main image's files."""
        return overlay(self.layers)

    @cached_property
    def base_digests(self) -> frozenset[str]:
        """Digests of the base image's unpacked layers, found by building nothing but `FROM base`."""
        return frozenset(_diff_ids(self._base_image)) if self._base_image else frozenset()

    @cached_property
    def _base_image(self) -> Image | None:
        final = self.target.dockerfile.final_stage
        base = final.base_image if final else None
        if not base or base == "scratch" or not re.fullmatch(r"[\w.:/@+-]+", base):
            return None
        syntax = next((d for d in self.target.dockerfile.directives if d.name == "syntax"), None)
        head = f"# syntax={syntax.value}\n" if syntax else ""
        folder = self.work / "base"
        folder.mkdir()
        (folder / "Dockerfile").write_text(f"{head}FROM {base}\n", encoding="utf-8")
        request = BuildRequest(folder, folder / "Dockerfile", archive=self.work / "base.tar")
        built = self.build(request, "reading the base image")
        return built.image if built.outcome.succeeded else None

    @cached_property
    def base_layers(self) -> int:
        """The number of the main image's first layers that the base image brings."""
        own = _diff_ids(self.main.image)
        return len(list(itertools.takewhile(self.base_digests.__contains__, own)))

    @property
    def warm_seconds(self) -> float | None:
        """How long the rebuild after a source change took; None where there was none."""
        return self.warm.outcome.seconds if self.warm else None

    def new_bytes(self, image: Image) -> int:
        """Return the compressed bytes of the layers that no build before had; from now on they are known."""
        known = self._known | {layer.digest for layer in self.main.image.layers}
        sizes = {layer.digest: layer.size for layer in image.layers}
        self._known |= sizes.keys()
        return sum(size for digest, size in sizes.items() if digest not in known)

    @cached_property
    def measures(self) -> Measures:
        """What was measured: sizes, counts, times."""
        return measure(self)

    @property
    def source(self) -> Dockerfile:
        """The parsed Dockerfile."""
        return self.target.dockerfile

    @cached_property
    def start(self) -> Start:
        """The first hardened start: what the checks of the running container build upon."""
        return first_start(self)


def _instructions(dockerfile: Dockerfile) -> list[Instruction]:
    return [*dockerfile.global_args, *(i for stage in dockerfile.stages for i in stage.instructions)]


def _diff_ids(image: Image) -> list[str]:
    return [str(digest) for digest in listing(mapping(image.config.get("rootfs")).get("diff_ids"))]


def _make_writable(function: Callable[[str], object], path: str, _: object) -> None:
    # A project may hold read-only folders, whose copies cannot be emptied as they are.
    Path(path).parent.chmod(0o700)
    with contextlib.suppress(OSError):
        Path(path).chmod(0o700)
        function(path)
