"""A secret that the user gives for the build is nowhere in what verify tells, in no form."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from dockgen.errors import EngineError
from dockgen.verify.model import Evidence
from dockgen.verify.redacting import redactor_of
from dockgen.verify.report.html_page import html_report
from dockgen.verify.report.json_format import json_report
from dockgen.verify.report.text import text_report
from dockgen.verify.runner import verify
from dockgen.verify.safe_text import one_line
from dockgen.verify.target import load_target
from unit.verify.pretend import Pretending, Scene

TOKEN = "hunter2/hunter+2"
PASSWORD = "corr3ct-h0rse"
NPMRC = f"//npm.example.com/:_authToken={TOKEN}\n".encode()
ARGUMENTS = {
    "API_TOKEN": "batt3ry-stapl3",
    "INDEX": f"https://me:{PASSWORD}@pypi.example.com",
    "DEBUG": "verbose",
}
VALUES = (TOKEN, quote(TOKEN, safe=""), PASSWORD, ARGUMENTS["API_TOKEN"])
WORDS = " ".join([*VALUES, base64.b64encode(TOKEN.encode()).decode(), "verbose"])


@pytest.fixture
def told() -> list[str]:
    return []


def verified(scene: Scene, place: Path, told: list[str]) -> Evidence:
    target = load_target(scene.write(place), secrets={"token": NPMRC}, build_args=ARGUMENTS)
    return verify(
        target, Pretending(scene, 1), say=told.append, only=["build", "CIS-DI-0007", "secret-used", "size"]
    )


@pytest.mark.parametrize("builds", [True, False])
def test_no_report_and_no_progress_holds_a_given_secret(
    builds: bool, tmp_path: Path, told: list[str]
) -> None:
    scene = Scene(
        builds=builds, made_by=f"RUN {WORDS}", step=f"RUN {WORDS}", history=(f"apt-get update {WORDS}",)
    )
    evidence = verified(scene, tmp_path, told)
    reports = [
        html_report(evidence),
        json_report(evidence),
        text_report(evidence, verbose=True),
        "\n".join(told),
    ]
    for text in reports:
        assert "verbose" in text
        assert "[secret token]" in text
        assert "[build argument API_TOKEN]" in text
        for value in (*VALUES, base64.b64encode(TOKEN.encode()).decode()[:-4]):
            assert value not in text


def test_no_error_holds_a_given_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise EngineError(f"gone while {WORDS}", "come back")

    monkeypatch.setattr(Pretending, "build", gone)
    with pytest.raises(EngineError, match=r"gone while \[secret token\]") as raised:
        verified(Scene(), tmp_path, [])
    assert not any(value in str(raised.value) for value in VALUES)
    assert raised.value.hint == "come back"


def test_a_value_too_short_to_stand_for_itself_is_left(tmp_path: Path) -> None:
    target = load_target(Scene().write(tmp_path), build_args={"API_TOKEN": "on"})
    assert redactor_of(target).text("come on") == "come on"


def test_the_start_of_a_value_where_a_line_was_cut_is_one_too(tmp_path: Path) -> None:
    target = load_target(Scene().write(tmp_path), build_args=ARGUMENTS)
    line = one_line("RUN echo " + ARGUMENTS["API_TOKEN"], 18)
    assert line == "RUN echo batt3ry-…"
    assert redactor_of(target).text(line) == "RUN echo [build argument API_TOKEN]…"
