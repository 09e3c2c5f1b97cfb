"""Images that a Dockerfile takes, and how exact their tags are."""

from pathlib import Path

import pytest

from dockgen.catalog.bases import parse_reference
from dockgen.catalog.images import records
from dockgen.dockerfile.model import Dockerfile, Span
from dockgen.dockerfile.parser import parse
from dockgen.lint.analysis.caches import is_bare, with_id
from dockgen.lint.analysis.images import frontend_use, image_uses, moves
from dockgen.lint.analysis.locks import locked_digest
from dockgen.lint.analysis.tags import is_vague
from dockgen.lint.model import Context

TEXT = """# syntax=docker/dockerfile:1.27.1
ARG VERSION=3.14
FROM --platform=$BUILDPLATFORM python:${VERSION}-slim AS build
FROM build
COPY --chown=1:1 --from=ghcr.io/astral-sh/uv:0.12.24 /uv /uv
COPY --from=build /a /a
RUN --mount=type=bind,from=busybox:1.38.0,target=/b \\
    --mount=type=bind,from=build,target=/c ls
FROM $UNKNOWN
FROM scratch
"""


def cut(dockerfile: Dockerfile, span: Span) -> str:
    return dockerfile.lines[span.start.line - 1][span.start.column - 1 : span.end.column - 1]


def test_images_with_their_places() -> None:
    dockerfile = parse(TEXT)
    found = [
        (use.place, use.name, use.reference.tag, cut(dockerfile, use.span)) for use in image_uses(dockerfile)
    ]
    assert found == [
        ("FROM", "python", "3.14-slim", "python:${VERSION}-slim"),
        ("COPY", "ghcr.io/astral-sh/uv", "0.12.24", "ghcr.io/astral-sh/uv:0.12.24"),
        ("mount", "busybox", "1.38.0", "busybox:1.38.0"),
    ]


def test_the_front_end() -> None:
    dockerfile = parse(TEXT)
    (use,) = frontend_use(dockerfile)
    assert (use.name, use.reference.tag) == ("docker/dockerfile", "1.27.1")
    assert cut(dockerfile, use.span) == "docker/dockerfile:1.27.1"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("node:lts", True),
        ("node:lts-alpine", True),
        ("rust:slim-bookworm", True),
        ("ubuntu:rolling", True),
        ("acme/app:nightly", True),
        ("node:24", False),
        ("debian:bookworm", False),
        ("acme/app:bookworm", False),
        ("nvidia/cuda:12.6-devel", False),
        ("golang:rc-alpine", True),
    ],
)
def test_moving_tags(image: str, expected: bool) -> None:
    (use,) = image_uses(parse(f"FROM {image}\n"))
    assert moves(use) is expected


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("python:3.14", True),
        ("python:3.14.8", False),
        ("python:3", True),
        ("debian:13-slim", True),
        ("debian:13.1-slim", False),
        ("debian:trixie-20261005-slim", False),
        ("postgres:17.2", False),
        ("acme/app:v1.2.3-rc1", False),
        ("acme/app:2026-10-05", False),
        ("acme/app:3f1d2c9a", False),
        ("acme/app:production", True),
        ("eclipse-temurin:21.0.12.1_1-jre-noble", False),
    ],
)
def test_vague_tags(image: str, expected: bool) -> None:
    reference = parse_reference(image)
    assert reference is not None
    assert is_vague(reference) is expected


def test_the_best_known_tag_is_not_vague() -> None:
    record = next(one for one in records() if one.tag == "17-jre-noble")
    for digest, expected in ((record.digest, False), ("sha256:" + "0" * 64, True)):
        reference = parse_reference(f"{record.repository}:{record.tag}@{digest}")
        assert reference is not None
        assert is_vague(reference) is expected


def test_a_lock_knows_images_by_any_of_their_names() -> None:
    reference = parse_reference("docker.io/library/alpine:3.24.2")
    assert reference is not None
    assert locked_digest(reference, {"alpine:3.24.2": "sha256:1"}) == "sha256:1"
    assert locked_digest(reference, {"alpine:3.24": "sha256:1", "not an image!": "sha256:2"}) is None


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, True),
        ({"id": "npm"}, True),
        ({"id": "go-mod-$TARGETARCH"}, True),
        ({"id": "/root/.cache/pip"}, True),
        ({"id": "shop-npm"}, False),
        ({"id": "$ID"}, False),
        ({"id": "${PROJECT}-npm"}, True),
    ],
)
def test_ids_of_caches(options: dict[str, str], expected: bool) -> None:
    assert is_bare(options, Context()) is expected


def fixed(line: str) -> str | None:
    dockerfile = parse(f"FROM scratch\n{line}\n")
    ((flag, options),) = dockerfile.stages[0].instructions[0].mounts()
    fix = with_id(dockerfile, flag, options, Context(root=Path("/srv/My Shop")))
    return fix.edits[0].text if fix else None


def test_an_id_of_the_project() -> None:
    assert fixed("RUN --mount=type=cache,target=/root/.npm npm ci") == (
        "--mount=type=cache,id=my-shop-npm,target=/root/.npm"
    )
    assert fixed("RUN --mount=id=npm,type=cache,target=/var/x/y npm ci") == (
        "--mount=id=my-shop-var-x-y,type=cache,target=/var/x/y"
    )
    assert fixed("RUN --mount=type=cache,target=$CACHE npm ci") is None


def test_numbers_that_no_file_has() -> None:
    dockerfile = parse(f"FROM alpine:3.24.2\nCOPY --from={'9' * 9_000} a b\nCOPY --from=² a b\n")
    assert [use.name for use in image_uses(dockerfile)] == ["alpine"]


def test_thousands_of_stages_take_no_time() -> None:
    chain = "\n".join(f"FROM s{i - 1} AS s{i}" for i in range(1, 5_000))
    dockerfile = parse(f"FROM alpine:3.24.2 AS s0\n{chain}\n")
    assert [use.name for use in image_uses(dockerfile)] == ["alpine"]
    assert dockerfile.stages[-1].base_image == "alpine:3.24.2"
    assert len(dockerfile.stages[-1].lineage) == 5_000
