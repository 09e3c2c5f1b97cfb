"""What the head of a file says of its image, and what only of something in it."""

from __future__ import annotations

import time

import pytest

from dockgen.dockerfile.parser import parse
from dockgen.lint.knowledge.heads import is_for_work

_FOR_WORK = [
    "(you will end up in a shell where the command is there)",
    "-- DO NOT USE IN PRODUCTION! --",
    "Build, start, and then\n  go test",
    "Dev-only Dockerfile for Linux",
    "Dev/E2E-only variant of the publisher",
    "Dockerfile for dev only",
    "Drops you into a shell",
    "For local development only",
    "Image for interactive use",
    "It is not optimized for production",
    "LOCAL DEVELOPMENT ONLY",
    "Meant for local testing only",
    "NOT FOR PRODUCTION",
    "Please don't use this image in production",
    "Postgres with extensions for testing only",
    "Simple image of the app, not meant to be run in production",
    "Small image (not for production)",
    "This Dockerfile is not intended\nfor production use.",
    "This image is dev-only.",
    "This image should not be used in production",
    "This is for development only, use Dockerfile.prod",
    "Used by complement.sh. Not suitable for production use.",
]
_OF_SOMETHING_IN_IT = [
    "Compilers are for development only",
    "Debug symbols are not in production builds",
    "Dev dependencies are not needed in production",
    "ENTRYPOINT in shell form, so that you can use variables",
    "For debugging open a shell with docker exec -it app sh",
    "No interactive shell",
    "Runs in a shell so that variables expand",
    "Source maps are not used in production",
    "Test-only code is left out",
    "The dev server is not recommended for production, so gunicorn runs it",
    "The rest goes into a shell-less image: exec into a shell is not possible",
    "The server is started with a shell script",
    "This image is not for development only",
    "To get a shell:\n  docker run -it --entrypoint sh app",
    "Tools for testing only are left out",
    "We never run as root in production",
    "dev-only\ndependencies stay in the build stage",
    "dev-only stuff stays there",
]


def _says_so(head: str) -> bool:
    lines = "".join(f"# {line}\n" for line in head.splitlines())
    return is_for_work(parse(f"{lines}FROM debian:13\n", "Dockerfile"))


@pytest.mark.parametrize("head", _FOR_WORK)
def test_the_image_is_for_work_on_the_project(head: str) -> None:
    assert _says_so(head)


@pytest.mark.parametrize("head", _OF_SOMETHING_IN_IT)
def test_something_else_than_the_image(head: str) -> None:
    assert not _says_so(head)


@pytest.mark.parametrize("piece", ["for ", "is not to be ", "- - ", "(,;:", "a dev", ". "])
def test_a_long_head_takes_no_time(piece: str) -> None:
    began = time.monotonic()
    assert not _says_so(piece * (300_000 // len(piece)))
    assert not _says_so(f"{piece}\n" * 10_000)
    assert time.monotonic() - began < 10
