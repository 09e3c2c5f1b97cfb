"""Errors of `dockgen new` and `explain` name what is wrong, where, and the way out."""

from pathlib import Path

import pytest

from dockgen.cli.main import run

DIGEST = "sha256:" + "a" * 64


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/go.mod").write_text("module example.com/a\n\ngo 1.26\n")
    (tmp_path / "p/main.go").write_text("package main\n\nfunc main() {}\n")
    return tmp_path / "p"


def _said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert run([str(word) for word in words]) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    "image", ["debian:13", f"debian@{DIGEST}", f"DEBIAN:13@{DIGEST}", "debian:13@sha256:abc"]
)
def test_an_image_that_is_none_is_told_with_its_answer(
    project: Path, capsys: pytest.CaptureFixture[str], image: str
) -> None:
    said = _said(capsys, "new", project, "--yes", "--set", f"image.runtime={image}")
    assert "answer image.runtime: " in said
    assert "write name:tag@sha256:" in said


def test_a_stack_that_there_is_not_is_told_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "dockgen.yaml").write_text("version: 1\n\nstack: cobol\n")
    assert "dockgen.yaml:3: there is no stack named 'cobol'" in _said(capsys, "new", project, "--yes")
    said = _said(capsys, "new", project, "--yes", "--set", "stack=fortran")
    assert "--set: there is no stack named 'fortran'" in said


@pytest.mark.parametrize("option", ["--stacks", "--templates"])
def test_a_folder_of_data_that_is_not_there_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert f"{option} nowhere: there is no such folder" in _said(
        capsys, "new", project, "--yes", option, "nowhere"
    )


def test_what_a_stack_file_lacks_is_told_in_words(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/x.yaml").write_text("name: x\n")
    said = _said(capsys, "new", project, "--yes", "--stacks", tmp_path / "own")
    assert "x.yaml:1: `title` must be there as text\n" in said


def test_an_output_that_is_a_file_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(capsys, "new", project, "--yes", "--output", project / "go.mod")
    assert "A file is in the way: name a folder with --output." in said


def test_a_rule_that_there_is_not_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no rule 'DG9999'" in _said(capsys, "explain", "DG9999")


def test_a_certificate_that_is_not_there_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = ("--yes", "--set", "ca_certificate=own/ca.pem")
    assert run(["new", str(project), *flags]) == 0
    assert "The certificate own/ca.pem is not in the build context" in capsys.readouterr().out
    assert "own/ca.pem" in _said(capsys, "new", project, *flags, "--strict")
    (project / "own").mkdir()
    (project / "own/ca.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    run(["new", str(project), *flags])
    assert "is not in the build context" not in capsys.readouterr().out
