"""Compiled templates are kept for the next run, and never taken from where others can write."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from dockgen.render import compiled

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no owners of files there")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "dockgen" / "templates"


def _rendered(source: str) -> str:
    environment = Environment(loader=DictLoader({"a": source}), bytecode_cache=compiled.kept())
    return environment.get_template("a").render()


def _forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def compile_(*_: object, **__: object) -> None:
        raise AssertionError("compiled once more")

    monkeypatch.setattr(Environment, "_compile", compile_)


def test_the_second_time_nothing_is_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _rendered("{{ 1 + 1 }}") == "2"
    assert folder.stat().st_mode & 0o777 == 0o700
    _forbid_compiling(monkeypatch)
    assert _rendered("{{ 1 + 1 }}") == "2"


def test_a_changed_template_is_compiled(folder: Path) -> None:
    assert _rendered("old") == "old"
    assert _rendered("new") == "new"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.usefixtures("folder")
def test_changed_filters_make_it_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    _rendered("text")
    monkeypatch.setattr(compiled, "_made_by", lambda: "another version")
    _forbid_compiling(monkeypatch)
    with pytest.raises(AssertionError, match="once more"):
        _rendered("text")


def test_nothing_is_taken_from_where_others_can_write(folder: Path) -> None:
    _rendered("text")
    folder.chmod(0o777)
    assert compiled.kept() is None


def test_nothing_is_taken_through_a_link(folder: Path, tmp_path: Path) -> None:
    folder.parent.mkdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    assert compiled.kept() is None


def test_no_folder_no_harm(folder: Path) -> None:
    folder.parent.write_text("a file in the way")
    assert compiled.kept() is None
    assert _rendered("text") == "text"


def test_what_is_damaged_is_compiled_anew(folder: Path) -> None:
    _rendered("text")
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:-9])
    assert _rendered("text") == "text"
