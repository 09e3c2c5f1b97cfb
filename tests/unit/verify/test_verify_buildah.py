"""An old buildah, or podman with one inside, is told before the build what the Dockerfile needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockgen.cli import main
from dockgen.dockerfile.parser import parse
from dockgen.verify.engine.buildah_data import unbuildable

GENERATED = (
    "FROM a AS build\n"
    "RUN --mount=type=secret,id=x,env=X true\n"
    "COPY --chmod=u=rwX,go=rX a /a\n"
    'HEALTHCHECK --start-interval=1s CMD ["/a"]\n'
)
PROGRAM = (
    '#!/bin/sh\n[ "$1" = --version ] && {{ echo "{name} version {version}"; exit 0; }}\necho {version}\n'
)


def lacking(text: str, version: str) -> list[tuple[str, int]]:
    return [(ability.what, line) for ability, line in unbuildable(parse(text), version)]


@pytest.mark.parametrize(
    ("version", "lines"),
    [
        ("1.28.2", [3, 2, 4]),
        ("1.37.0", [3, 2]),
        ("1.44.0", [3]),
        ("1.45.2", [3]),
        ("1.46.0-dev", []),
        ("?", []),
    ],
)
def test_what_a_version_lacks_is_known_with_its_line(version: str, lines: list[int]) -> None:
    assert [line for _, line in lacking(GENERATED, version)] == lines


@pytest.mark.parametrize(
    "instruction",
    [
        "COPY --chmod=0644 a /a",
        "COPY --chmod=$MODE a /a",
        "COPY a /a",
        "RUN --mount=type=secret,id=x true",
        'HEALTHCHECK --interval=1s CMD ["/a"]',
    ],
)
def test_what_old_versions_know_is_not_refused(instruction: str) -> None:
    assert lacking(f"FROM a\n{instruction}\n", "1.28.2") == []


@pytest.mark.parametrize(
    ("instruction", "what"),
    [
        ("COPY --parents a/b /c", "--parents"),
        ("COPY --exclude=x . /c", "--exclude"),
        ("RUN <<EOF\ntrue\nEOF", "heredocs"),
    ],
)
def test_newer_instructions_are_known(instruction: str, what: str) -> None:
    assert lacking(f"FROM a\n{instruction}\n", "1.28.2") == [(what, 2)]


@pytest.mark.parametrize("engine", ["podman", "buildah"])
def test_an_old_engine_is_a_sentence_and_exit_code_2(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("podman", "buildah"):
        program = tmp_path / name
        program.write_text(PROGRAM.format(name=name, version="1.28.2"))
        program.chmod(0o755)
    (tmp_path / "Dockerfile").write_text(GENERATED)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main.run(["verify", str(tmp_path), "--engine", engine]) == 2
    errors = capsys.readouterr().err
    assert f"{engine} is too old: a symbolic --chmod (line 3) needs buildah newer than 1.45" in errors
    assert "and this is 1.28.2" in errors
    assert "build with Docker" in errors
