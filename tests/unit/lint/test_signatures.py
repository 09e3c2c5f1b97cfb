"""What is left to verify of each outside image: the publisher's own way, and no claim where there is none."""

from __future__ import annotations

import shlex

import pytest

from dockgen.catalog.loading import documents
from dockgen.dockerfile.parser import parse
from dockgen.lint.analysis.images import image_uses
from dockgen.lint.knowledge.signatures import left_to_verify
from dockgen.resources import bundled

DIGEST = "@sha256:" + "a" * 64


def left(*images: str) -> list[str]:
    return left_to_verify(image_uses(parse("".join(f"FROM {image}\n" for image in images))))


@pytest.mark.parametrize(
    ("image", "program", "who"),
    [
        ("gcr.io/distroless/static-debian13:nonroot", "cosign", "keyless@distroless.iam.gserviceaccount.com"),
        ("cgr.dev/chainguard/static:latest", "cosign", "chainguard-images/images"),
        ("ghcr.io/astral-sh/uv:0.12.24", "gh", "astral-sh"),
        ("mcr.microsoft.com/dotnet/sdk:10.0", "notation", "verify"),
    ],
)
def test_a_signed_image_has_the_command_of_its_publisher(image: str, program: str, who: str) -> None:
    (step,) = left(image + DIGEST)
    words = shlex.split(step.removeprefix("verify the signature: "))
    assert words[0] == program
    assert words[-1].removeprefix("oci://") == image + DIGEST
    assert who in " ".join(words[1:-1])


def test_official_images_are_told_to_be_unsigned_once_for_all_of_them() -> None:
    (step,) = left("python:3.13-slim" + DIGEST, "docker.io/library/node:24" + DIGEST, "python:3.13" + DIGEST)
    assert step.startswith("python, node: Docker Official Images carry no signature")
    assert "cosign verify" not in step


def test_nothing_is_claimed_of_an_unknown_publisher() -> None:
    (step,) = left("registry.example.org/team/base:1")
    assert step.startswith("registry.example.org/team/base: dockgen knows no signature of it")


def test_an_image_that_a_build_argument_names_has_no_command() -> None:
    assert left_to_verify(image_uses(parse("ARG BASE=python:3\nFROM $BASE\n"))) == []


def test_each_publisher_has_one_way_and_a_source() -> None:
    publishers = documents(bundled("stacks") / "data" / "signatures.yaml", 1)[0]["publishers"]
    assert publishers
    for entry in publishers:
        assert entry["source"].startswith("https://")
        assert ("verify" in entry) != ("unsigned" in entry)
        assert ("unsigned" in entry) == ("instead" in entry)
        assert "{image}" in entry.get("verify", "{image}")
