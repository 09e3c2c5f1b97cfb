"""Bait lies in every place, changes no file's meaning, and never leaves the copy."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
import yaml

from dockgen.dockerfile.ignore import IgnoreFile
from dockgen.lint.knowledge.secret_files import CERTAIN, CERTAIN_PATHS, CERTAIN_SUFFIXES
from dockgen.resources import bundled
from dockgen.verify.baits import BAITS, copy_context, lay

MARKER = "dgcMARKERMARKERM"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "src" / "inner").mkdir(parents=True)
    (root / "src" / "main.py").write_text("print(1)\n")
    return root


def test_every_kind_is_laid_and_holds_its_canary(project: Path) -> None:
    canaries, unused = lay(project, MARKER)
    laid = {canary.label for canary in canaries}
    assert {f"the canary of {bait.path}" for bait in BAITS if bait.text} <= laid
    assert {"the canary of src/.env", "the canary of src/inner/id_rsa"} <= laid
    assert unused == []
    for canary in canaries:
        assert canary.value in (project / canary.label.removeprefix("the canary of ")).read_text()


PATTERNS = yaml.safe_load((bundled("stacks") / "data" / "secret-files.yaml").read_text())["patterns"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_kind_that_generated_ignore_files_keep_out_has_bait(pattern: str) -> None:
    # Of the spellings that one tool takes, one is enough.
    ignore = IgnoreFile.parse(pattern.lower())
    assert [bait.path for bait in BAITS if bait.text and ignore.excludes(bait.path.lower())]


# A canary is no key of Rails: a build that decrypts would fail, and not leak.
@pytest.mark.parametrize(
    "name", sorted({*CERTAIN, *CERTAIN_PATHS, *CERTAIN_SUFFIXES} - {"config/master.key"})
)
def test_every_kind_that_the_linter_knows_for_certain_has_bait(name: str) -> None:
    assert [bait.path for bait in BAITS if bait.text and f"/{bait.path}".endswith(name)]


def test_settings_that_a_build_may_need_stay_as_they_are(project: Path) -> None:
    for name in (".yarnrc.yml", "nuget.config", "settings.xml", "pip.conf", "auth.json"):
        (project / name).write_text("own")
    _, unused = lay(project, MARKER)
    assert {(project / name).read_text() for name in unused} == {"own"}
    assert len(unused) == 5


def test_no_settings_are_laid_before_those_of_another_spelling(project: Path) -> None:
    (project / "NuGet.Config").write_text("own")
    _, unused = lay(project, MARKER)
    assert unused == ["nuget.config"]
    assert not (project / "nuget.config").exists()


def test_a_file_of_the_project_keeps_its_content(project: Path) -> None:
    (project / ".env").write_text("PORT=1\n")
    (project / "credentials.json").write_text('{"a": 1}')
    _, unused = lay(project, MARKER)
    assert (project / ".env").read_text().startswith("PORT=1\n")
    assert json.loads((project / "credentials.json").read_text()) == {"a": 1}
    assert unused == ["credentials.json"]


def test_laid_json_is_json(project: Path) -> None:
    lay(project, MARKER)
    for path in project.rglob("*.json"):
        json.loads(path.read_text())


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_nothing_is_written_through_a_link(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "env").write_text("")
    (project / ".ssh").symlink_to(outside)
    (project / ".env").symlink_to(outside / "env")
    (project / "linked").symlink_to(outside)
    lay(project, MARKER)
    assert [path.name for path in outside.iterdir()] == ["env"]
    assert (outside / "env").read_text() == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_the_copy_leaves_pipes_and_ignored_folders_out(project: Path, tmp_path: Path) -> None:
    os.mkfifo(project / "pipe")
    for name in ("node_modules", ".venv"):
        (project / name).mkdir()
    (project / ".dockerignore").write_text("node_modules\n")
    copy_context(project, tmp_path / "copy", project / "Dockerfile")
    assert {path.name for path in (tmp_path / "copy").iterdir()} == {"src", ".dockerignore", ".venv"}


def test_a_folder_that_is_let_in_again_is_copied(project: Path, tmp_path: Path) -> None:
    (project / "node_modules").mkdir()
    (project / ".dockerignore").write_text("**\n!node_modules\n")
    copy_context(project, tmp_path / "copy", project / "Dockerfile")
    assert (tmp_path / "copy" / "node_modules").is_dir()
