"""Which Dockerfiles a command line means."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockgen.errors import ProjectError
from dockgen.lint.discovery import discover, is_dockerfile_name, walk
from dockgen.lint.files import lint_files
from dockgen.lint.hadolint_configuration import nearest
from dockgen.lint.store import Store


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("FROM a\n")


def names(root: Path, *exclude: str) -> list[str]:
    return [found.path.relative_to(root).as_posix() for found in discover([root], exclude)]


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile",
        "dockerfile",
        "Dockerfile.prod",
        "Dockerfile-dev",
        "app.Dockerfile",
        "Containerfile",
        "Dockerfile.3.12",
    ],
)
def test_dockerfiles_by_their_name(name: str) -> None:
    assert is_dockerfile_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile.dockerignore",
        "Dockerfile.j2",
        "Dockerfile.append",
        "Dockerfile.template",
        "Dockerfile-alpine.template",
        "Dockerfile.alpine.j2",
        "Dockerfile.tmpl",
        "Dockerfile.in",
        "Dockerfile.prod.erb",
        "dockerfile.go",
        "Dockerfile~",
        "Makefile",
        "my-dockerfile-notes",
    ],
)
def test_what_only_looks_like_one(name: str) -> None:
    assert not is_dockerfile_name(name)


def test_folders_are_searched_as_git_sees_them(tmp_path: Path) -> None:
    touch(
        tmp_path, "Dockerfile", "a/b/x.Dockerfile", "out/Dockerfile", "a/keep/Dockerfile", "a/skip/Dockerfile"
    )
    touch(tmp_path, ".git/Dockerfile", "node_modules/x/Dockerfile", "deep/out/Dockerfile")
    (tmp_path / ".gitignore").write_text("/out/\nskip/\n")
    (tmp_path / "deep" / ".gitignore").write_text("*\n!out\n!out/Dockerfile\n")
    assert names(tmp_path) == ["Dockerfile", "a/b/x.Dockerfile", "a/keep/Dockerfile", "deep/out/Dockerfile"]


def test_ignore_files_above_the_folder_hold_too(tmp_path: Path) -> None:
    touch(tmp_path, "r/.git/HEAD", "r/a/Dockerfile", "r/a/gone/Dockerfile")
    (tmp_path / "r" / ".gitignore").write_text("gone/\n")
    assert names(tmp_path / "r" / "a") == ["Dockerfile"]


def test_excluded_paths_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "Dockerfile", "vendor/Dockerfile")
    assert names(tmp_path, "vendor/") == ["Dockerfile"]


def test_a_named_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    touch(tmp_path, "build.txt")
    assert [found.path for found in discover([tmp_path / "build.txt"])] == [tmp_path / "build.txt"]


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no such file"):
        discover([tmp_path / "none"])


def test_each_file_is_named_once(tmp_path: Path) -> None:
    touch(tmp_path, "Dockerfile")
    assert len(discover([tmp_path, tmp_path / "Dockerfile", tmp_path / "." / "Dockerfile"])) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path, "a/Dockerfile")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert names(tmp_path) == ["a/Dockerfile"]


DEPTH = 1200


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with Dockerfiles at its top and in the lowest folder below, made and removed by short steps.

    Python's own removal of a tree calls itself for each level, as did what is tested here.
    """
    monkeypatch.chdir(tmp_path)
    Path("Dockerfile").write_text("FROM alpine\n")
    for _ in range(DEPTH):
        Path("d").mkdir()
        monkeypatch.chdir("d")
    Path("Dockerfile").write_text("FROM alpine\n")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    for _ in range(DEPTH):
        monkeypatch.chdir("d")
    Path("Dockerfile").unlink()
    for _ in range(DEPTH):
        monkeypatch.chdir("..")
        Path("d").rmdir()


def test_folders_may_lie_in_one_another_as_deep_as_they_like(deep: Path) -> None:
    # Not every system takes a path as long as the one to the lowest.
    assert {path.name for path in walk(deep)} == {"Dockerfile"}
    reports = lint_files([deep], store=Store(deep / "cache"))
    assert reports[0].path == str(deep / "Dockerfile")
    assert nearest(deep.joinpath(*["d"] * DEPTH)) is None
