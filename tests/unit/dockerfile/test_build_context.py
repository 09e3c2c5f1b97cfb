"""Which files of a folder BuildKit would send, and which of them a COPY would take."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockgen.lint import context as room
from dockgen.lint.context import BuildContext

FILES = (".env", "a.txt", "b.md", "src/.env", "src/main.py", "src/sub/x.txt", "src[1]/y", "web/a.txt")
CONTEXT = BuildContext(Path(), FILES)


def _make(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("")
    return root / "Dockerfile"


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        (".", FILES),
        ("./", FILES),
        ("/", FILES),
        ("../..", FILES),
        ("src", ("src/.env", "src/main.py", "src/sub/x.txt")),
        ("./src/", ("src/.env", "src/main.py", "src/sub/x.txt")),
        ("/src/../src/sub", ("src/sub/x.txt",)),
        ("src/main.py", ("src/main.py",)),
        ("sr", ()),
        ("SRC", ()),
        ("*", FILES),
        ("*.txt", ("a.txt",)),
        ("*/*.txt", ("web/a.txt",)),
        ("**/*.txt", ("web/a.txt",)),
        ("s?c", ("src/.env", "src/main.py", "src/sub/x.txt")),
        ("src\\[1\\]", ()),
        ("src[[]1]", ("src[1]/y",)),
        ("src[[]1\\]/?", ("src[1]/y",)),
        ("[ab].*", ("a.txt", "b.md")),
        (".e*", (".env",)),
        ("[", ()),
    ],
)
def test_a_source_takes(source: str, taken: tuple[str, ...]) -> None:
    assert tuple(CONTEXT.sent(source)) == taken


@pytest.mark.parametrize(
    ("source", "exclude", "taken"),
    [
        ("src", ["*.py"], ("src/.env", "src/sub/x.txt")),
        ("src", ["sub", "**/.env"], ("src/main.py",)),
        (".", ["**/.env", "src", "web", "src\\[1\\]"], ("a.txt", "b.md")),
        (".", ["*", "!b.md"], ("b.md",)),
        ("a.txt", ["a.txt"], ("a.txt",)),
        (".", ["["], ()),
    ],
)
def test_excluded_patterns_are_asked_inside_the_source(
    source: str, exclude: list[str], taken: tuple[str, ...]
) -> None:
    assert tuple(CONTEXT.sent(source, exclude)) == taken


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        ("**/*.txt", ("a.txt", "src/sub/x.txt", "web/a.txt")),
        ("src/./sub", ("src/sub/x.txt",)),
        ("src/sub/x.txt", ("src/sub/x.txt",)),
        (".", FILES),
    ],
)
def test_with_parents_two_stars_cross_folders(source: str, taken: tuple[str, ...]) -> None:
    assert tuple(CONTEXT.sent(source, parents=True)) == taken


def test_the_ignore_file_decides(tmp_path: Path) -> None:
    dockerfile = _make(tmp_path, "Dockerfile", "a", "b/c", "b/d", "node_modules/x/y")
    (tmp_path / ".dockerignore").write_text("node_modules\nb\n!b/d\n.dockerignore\n")
    context = BuildContext.load(tmp_path, dockerfile)
    assert context.files == ("Dockerfile", "a", "b/d")
    assert context.ignore_path == ".dockerignore"
    assert not context.truncated


def test_without_an_ignore_file_all_is_sent(tmp_path: Path) -> None:
    context = BuildContext.load(tmp_path, _make(tmp_path, "Dockerfile", ".git/HEAD", "a"))
    assert context.files == (".git/HEAD", "Dockerfile", "a")
    assert context.ignore_path is None


def test_the_dockerfile_own_ignore_file_is_in_force(tmp_path: Path) -> None:
    _make(tmp_path, "docker/Dockerfile", "a", "b")
    (tmp_path / ".dockerignore").write_text("a\n")
    (tmp_path / "docker/Dockerfile.dockerignore").write_text("b\n")
    context = BuildContext.load(tmp_path, tmp_path / "docker" / "Dockerfile")
    assert "a" in context.files
    assert "b" not in context.files
    assert context.ignore_path == "docker/Dockerfile.dockerignore"


def test_an_ignore_file_in_latin_1_is_read(tmp_path: Path) -> None:
    dockerfile = _make(tmp_path, "a", "b")
    (tmp_path / ".dockerignore").write_bytes(b"\xe9\na\n.dockerignore\n")
    assert BuildContext.load(tmp_path, dockerfile).files == ("b",)


def test_an_excluded_folder_is_not_read_unless_an_exception_reaches_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dockerfile = _make(tmp_path, "big/x/y", "kept/a", "kept/b", "c")
    (tmp_path / ".dockerignore").write_text("*\n!kept/a\n")
    read: list[str] = []
    entries = room._entries

    def watched(folder: Path) -> list[tuple[str, bool]] | None:
        read.append(folder.relative_to(tmp_path).as_posix())
        return entries(folder)

    monkeypatch.setattr(room, "_entries", watched)
    assert BuildContext.load(tmp_path, dockerfile).files == ("kept/a",)
    assert read == [".", "kept"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    dockerfile = _make(tmp_path, "a/b")
    try:
        (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "a/out").symlink_to("/etc/passwd")
    except OSError:
        pytest.skip("this system makes no links")
    assert BuildContext.load(tmp_path, dockerfile).files == ("a/b",)


def test_a_large_folder_is_cut_near_the_root_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_FILES", 3)
    context = BuildContext.load(tmp_path, _make(tmp_path, "a/x", "a/y", "a/z", "b", "c"))
    assert context.truncated
    assert context.files == ("a/x", "b", "c")


def test_a_missing_folder_is_an_incomplete_context(tmp_path: Path) -> None:
    context = BuildContext.load(tmp_path / "none", tmp_path / "Dockerfile")
    assert context.files == ()
    assert context.truncated
