"""Every place where a Dockerfile takes an image from outside, with what its reference pins.

Source: https://docs.docker.com/reference/dockerfile/ (FROM, COPY --from, RUN --mount, syntax) and
https://github.com/distribution/reference for the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.catalog.bases import Base, Reference, base_of, parse_reference
from dockgen.dockerfile.model import Dockerfile, Flag, Instruction, Position, Span
from dockgen.dockerfile.remembered import remembered
from dockgen.records import record
from dockgen.regexes import regex

# Words that name a moving line of releases, whatever the repository.
_MOVING = regex(
    "beta|canary|current|devel|develop|development|edge|head|lts|main|mainline|master|next|nightly|preview|"
    "rawhide|rc|rolling|sid|snapshot|stable|testing|tip|trunk|unstable"
)
# Official images whose version is an operating system's own: a code name is a version there.
_SYSTEMS = regex(
    "almalinux|alpine|amazonlinux|archlinux|buildpack-deps|busybox|centos|clearlinux|debian|fedora|"
    "oraclelinux|photon|rockylinux|ros|ubuntu"
)
_OFFICIAL = "docker.io/library/"


@record
class ImageUse:
    """One reference to an image: as written, with its variables put in, and its parts.

    `span` covers the reference's own characters. `place` is FROM, COPY, mount or syntax.
    """

    written: str
    reference: Reference
    span: Span
    place: str

    @property
    def name(self) -> str:
        """The name people write, without tag and digest: docker.io/library/node is node."""
        return self.reference.repository.removeprefix(_OFFICIAL).removeprefix("docker.io/")

    @property
    def overridable(self) -> bool:
        """Whether a build argument decides which image or tag it is."""
        return "$" in self.written.rpartition("/")[2]

    @property
    def base(self) -> Base | None:
        """What is known of the image."""
        tag = f":{self.reference.tag}" if self.reference.tag else ""
        return base_of(f"{self.reference.repository}{tag}")


@remembered(most=64)
def image_uses(dockerfile: Dockerfile) -> tuple[ImageUse, ...]:
    """Return the outside images of FROM, COPY --from and RUN --mount=from=, in their order.

    Stages, `scratch` and references that only the build knows are left out.
    """
    return tuple(_image_uses(dockerfile))


def _image_uses(dockerfile: Dockerfile) -> Iterator[ImageUse]:
    for stage in dockerfile.stages:
        if stage.parent is None and stage.resolved and stage.start.words:
            yield from _use(stage.image, stage.resolved, stage.start.words[0].span, "FROM")
        for instruction in stage.instructions:
            for flag, source in sources(instruction):
                if not _is_stage(dockerfile, source):
                    place = "mount" if flag.name == "mount" else "COPY"
                    yield from _use(source, source, _value_span(dockerfile, flag, source), place)


def frontend_use(dockerfile: Dockerfile) -> Iterator[ImageUse]:
    """Yield the image that `# syntax=` names."""
    for directive in dockerfile.directives:
        if directive.name == "syntax":
            end = directive.span.end
            start = Position(end.line, max(1, end.column - len(directive.value)))
            yield from _use(directive.value, directive.value, Span(start, end), "syntax")


def sources(instruction: Instruction) -> Iterator[tuple[Flag, str]]:
    """Yield the flags of COPY and RUN that name a stage or an image, with that name."""
    for flag in instruction.flags:
        if flag.name == "from" and instruction.keyword == "COPY" and flag.value:
            yield flag, flag.value.strip("\"'")
        elif flag.name == "mount" and instruction.keyword == "RUN" and flag.options().get("from"):
            yield flag, flag.options()["from"]


def _is_stage(dockerfile: Dockerfile, source: str) -> bool:
    return dockerfile.stage(source) is not None or source.isdigit()


def _use(written: str, resolved: str, span: Span, place: str) -> Iterator[ImageUse]:
    reference = parse_reference(resolved)
    if reference is not None and reference.repository != "scratch":
        yield ImageUse(written, reference, span, place)


def _value_span(dockerfile: Dockerfile, flag: Flag, source: str) -> Span:
    """Return where the image's name stands inside a flag."""
    start, end = flag.span.start, flag.span.end
    if start.line != end.line or start.line > len(dockerfile.lines):
        return flag.span
    text = dockerfile.lines[start.line - 1][start.column - 1 : end.column - 1]
    found = re.search(rf"from=[\"']?({re.escape(source)})", text, re.IGNORECASE)
    if not found:
        return flag.span
    return Span(
        Position(start.line, start.column + found.start(1)), Position(start.line, start.column + found.end(1))
    )


def moves(use: ImageUse) -> bool:
    """Return whether the tag names a moving line of releases (`lts-alpine`, `slim`) and no release.

    An official image's tag without any version of its own moves too: `python:slim`.
    """
    tag = use.reference.tag
    if tag is None or tag == "latest":
        return False
    words = tag.lower().split("-")
    if _MOVING.fullmatch(words[0]) or (words[0] == "latest" and len(words) > 1):
        return True
    official = use.reference.repository.removeprefix(_OFFICIAL)
    if official.startswith("buildpack-deps"):
        return False  # all its tags are releases of distributions
    return "/" not in official and not _SYSTEMS.fullmatch(official) and not re.search(r"(^|-)v?\d", tag)


def is_official(use: ImageUse) -> bool:
    """Return whether the name is one of Docker's official images, as far as the base image data knows."""
    return use.reference.repository.startswith(_OFFICIAL) and use.base is not None
