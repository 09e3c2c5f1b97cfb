"""Fixes on files: the difference, the write in one step, links and modes."""

import os
import sys
from pathlib import Path

import pytest

from dockgen.errors import OutputError
from dockgen.lint import context_roots, fixing
from dockgen.lint.discovery import Found
from dockgen.lint.files import lint, read
from dockgen.lint.settings import Settings


def changes(folder: Path, *, unsafe: bool = False) -> list[fixing.Changes]:
    settings = Settings(hadolint=False)
    entries = read([Found(folder / "Dockerfile")], settings, folder)
    return fixing.mend_files(entries, lint(entries), unsafe=unsafe)


def project(folder: Path, data: bytes) -> Path:
    (folder / "Dockerfile").write_bytes(data)
    (folder / "app.py").write_text("print()\n")
    return folder / "Dockerfile"


def test_the_difference_changes_nothing_on_disk(tmp_path: Path) -> None:
    file = project(tmp_path, b"FROM debian:12\nADD app.py /app.py\n")
    diff = "".join(change.diff() for change in changes(tmp_path))
    assert "-ADD app.py /app.py\n+COPY app.py /app.py\n" in diff
    assert file.read_bytes() == b"FROM debian:12\nADD app.py /app.py\n"


@pytest.mark.parametrize(
    "data",
    [
        b"FROM debian:12\nADD app.py /app.py\n",
        b"\xef\xbb\xbfFROM debian:12\r\nADD app.py /app.py\r\n# end",
        b"FROM debian:12\nadd  app.py\t/app.py  \n\n",
    ],
)
def test_only_what_is_mended_changes_and_twice_changes_nothing(tmp_path: Path, data: bytes) -> None:
    file = project(tmp_path, data)
    for change in changes(tmp_path):
        change.write()
    once = file.read_bytes()
    assert once == data.replace(b"ADD", b"COPY").replace(b"add", b"copy") or once == data.replace(
        b"add", b"COPY"
    )
    for change in changes(tmp_path):
        change.write()
    assert file.read_bytes() == once


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are POSIX's")
def test_mode_and_link_stay(tmp_path: Path) -> None:
    file = project(tmp_path, b"FROM debian:12\nADD app.py /app.py\n")
    file.rename(tmp_path / "real")
    (tmp_path / "real").chmod(0o600)
    file.symlink_to("real")
    for change in changes(tmp_path):
        change.write()
    assert file.is_symlink()
    assert b"COPY" in (tmp_path / "real").read_bytes()
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Dockerfile", "app.py", "real"]


def test_what_is_not_utf8_is_left_alone_and_named(tmp_path: Path) -> None:
    data = b"FROM debian:12\nADD app.py /app.py\n# \xff\n"
    file = project(tmp_path, data)
    found = changes(tmp_path)
    assert [note for change in found for note in change.notes] == [
        f"{file.as_posix()}: not mended, since it is not valid UTF-8"
    ]
    assert file.read_bytes() == data


def test_an_ignore_file_gets_the_lines_that_keep_secrets_out(tmp_path: Path) -> None:
    project(tmp_path, b"FROM debian:12\nCOPY . /app\n")
    (tmp_path / "id_rsa").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nx\n")
    found = changes(tmp_path, unsafe=True)
    assert any(path.name == ".dockerignore" for change in found for path in change.files)
    for change in found:
        change.write()
    assert "id_rsa" in (tmp_path / ".dockerignore").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a link")
def test_a_link_out_of_the_context_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside").write_text("")
    (root / ".dockerignore").symlink_to(tmp_path / "outside")
    with pytest.raises(OutputError, match="outside"):
        fixing._inside(root, ".dockerignore")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    project(tmp_path, b"FROM debian:12\nADD app.py /app.py\n")
    found = changes(tmp_path)
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        found[0].write()


def secret_project(folder: Path, dockerfile: str) -> None:
    (folder / "Dockerfile").write_text(dockerfile)
    (folder / "main.py").write_text("print()\n")
    (folder / "id_rsa").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAA\n")


def test_an_ignore_file_holds_back_the_secret_and_nothing_else(tmp_path: Path) -> None:
    secret_project(tmp_path, "FROM debian:12\nCOPY . /app\n")
    for change in changes(tmp_path):
        change.write()
    assert (tmp_path / ".dockerignore").read_text() == "id_rsa\n"
    context_roots.forget()
    assert changes(tmp_path) == []


def test_an_ignore_file_never_takes_what_a_copy_names(tmp_path: Path) -> None:
    secret_project(tmp_path, "FROM debian:12 AS tool\nCOPY id_rsa /k\nFROM debian:12\nCOPY . /app\n")
    (change,) = changes(tmp_path)
    assert change.files == {}
    assert "the build would miss id_rsa" in change.notes[0]


def test_an_ignore_file_that_would_not_hold_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret_project(tmp_path, "FROM debian:12\nCOPY . /app\n")
    for pattern, told in (("*", "would leave Dockerfile out"), ("other", "do not hold the files back")):
        monkeypatch.setattr("dockgen.lint.knowledge.ignoring._escaped", lambda _, new=pattern: new)
        (change,) = changes(tmp_path)
        assert change.files == {}
        assert told in change.notes[0]
