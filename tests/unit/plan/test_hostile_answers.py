"""No answer becomes an instruction: any text is refused with a sentence, or stays inside its own place."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockgen.answers.model import Given
from dockgen.dockerfile.parser import parse
from dockgen.errors import DockgenError
from dockgen.plan.build import make_plan
from dockgen.render.files import files_of
from dockgen.setup.generate import settle
from dockgen.setup.survey import Survey, survey

GO = Path(__file__).parents[2] / "stacks" / "go" / "api" / "project"
NASTY = st.sampled_from(
    [
        "\n",
        "\r",
        "\u2028",
        '"',
        "'",
        "$",
        "${X}",
        "\\",
        "#",
        "<<EOF",
        "`",
        ";",
        "&&",
        "\nRUN id",
        "\x1b[2J",
        "\x85",
    ]
)
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=8)), max_size=5).map("".join)
# Each answer with a harmless value, and how a text becomes one.
ANSWERS: dict[str, tuple[Any, Any]] = {
    "name": ("app", None),
    "dockerfile": ("Dockerfile", None),
    "port": (8080, None),
    "health": ("/healthz", None),
    "ldflags_version": ("main.version", None),
    "private_modules": ("git.example.com/acme", None),
    "timezone": ("Europe/Berlin", None),
    "ca_certificate": ("ca.crt", None),
    "main": ("cmd/api", None),
    "flavour": ("static", None),
    "version": ("1.27", None),
    **dict.fromkeys(
        [
            "title",
            "description",
            "authors",
            "vendor",
            "licenses",
            "maintainer",
            "url",
            "source",
            "securitytxt",
        ],
        ("https://example.com", None),
    ),
    "environment": ({"A": "b"}, lambda text: {"A": text}),
    "build_arguments": ({"A": "b"}, lambda text: {"A": text}),
    "runtime_packages": (["curl"], lambda text: [text]),
    "build_packages": (["make"], lambda text: [text]),
    "writable": (["/run/x"], lambda text: [text]),
    "volumes": (["/data"], lambda text: [text]),
    "keep": ([".env.production"], lambda text: [text]),
    "platforms": (["linux/amd64"], lambda text: [text]),
    "secrets": ([{"id": "a", "env": "B"}], lambda text: [{"id": "a", "target": text}]),
    "image": ({}, lambda text: {"runtime": text}),
}
NAMED = ("environment", "build_arguments", "accept", "image")


@cache
def surveyed() -> Survey:
    return survey(GO, "go")


def files(answers: dict[str, Any]) -> dict[str, str]:
    resolution = settle(surveyed(), Given((("--set", answers),)))
    plan = make_plan(resolution)
    made = files_of(plan, ignore_name=".dockerignore")
    return {"Dockerfile": made[plan.dockerfile], "ignore": made[".dockerignore"]}


def keywords(text: str) -> list[str]:
    return [instruction.keyword for instruction in parse(text).instructions]


@cache
def harmless(question: str) -> tuple[list[str], int]:
    value = ANSWERS[question][0]
    answers = {question: value} | ({"licenses": "MIT"} if question == "licenses" else {})
    made = files(answers)
    return keywords(made["Dockerfile"]), len(made["ignore"].splitlines())


@pytest.mark.parametrize("question", ANSWERS)
@settings(max_examples=25, deadline=None)
@given(text=TEXT)
def test_no_answer_becomes_an_instruction(question: str, text: str) -> None:
    shape = ANSWERS[question][1] or str
    try:
        made = files({question: shape(text)})
    except DockgenError as error:
        assert error.message
        return
    expected, ignored = harmless(question)
    # An empty answer leaves its instruction out; nothing may ever come in.
    found = keywords(made["Dockerfile"])
    assert found == expected or (set(found) <= set(expected) and len(found) <= len(expected))
    assert len(made["ignore"].splitlines()) <= ignored


@pytest.mark.parametrize("question", NAMED)
@settings(max_examples=25, deadline=None)
@given(name=TEXT)
def test_no_name_becomes_an_instruction(question: str, name: str) -> None:
    try:
        made = files({question: {name: "b"}})
    except DockgenError as error:
        assert error.message
        return
    assert keywords(made["Dockerfile"]) == harmless(question if question in ANSWERS else "title")[0]
