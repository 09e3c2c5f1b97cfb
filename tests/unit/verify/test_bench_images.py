"""The comparison of images: its rows hold together, and its goals are judged by the ratio."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bench.images.full_bases import completed, full_bases, wanted
from bench.images.measure import Figures
from bench.images.rows import DOCUMENTED, HAND, HERE, OURS, Stack, stacks
from bench.images.tables import figures_table, goals
from dockgen.dockerfile.parser import parse
from e2e.standins.replacing import VARIABLE

STACKS = stacks()


def figures(size: int, seconds: float) -> Figures:
    return Figures(size, size // 3, 1, 2, seconds, seconds, seconds)


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.folder)
def test_a_row_names_what_is_there(stack: Stack, tmp_path: Path) -> None:
    plain = stack.write(DOCUMENTED, tmp_path / "plain")
    text = (plain / "Dockerfile").read_text()
    assert len(parse(text).stages) == 1
    assert str(stack.documented["source"]) in text or "nodejs-docker-webapp.md" in text
    assert str(stack.documented["read"]) in text
    by_hand = stack.write(HAND, tmp_path / "hand")
    assert len(parse((by_hand / "Dockerfile").read_text()).stages) > 1


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.folder)
def test_a_change_changes_what_the_build_sees(stack: Stack, tmp_path: Path) -> None:
    project = stack.write(DOCUMENTED, tmp_path / "project")
    source = project / stack.source["file"]
    before = source.read_text()
    stack.change_source(project, "once")
    once = source.read_text()
    stack.change_source(project, "twice")
    assert len({before, once, source.read_text()}) == 3
    if not stack.dependency:
        assert not (HERE / stack.folder / "changed").exists()
        return
    files = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    stack.add_dependency(project)
    assert any(path.read_bytes() != data for path, data in files.items()), "no manifest changes"


def test_goals_are_ratios_to_the_others() -> None:
    found = {
        OURS: figures(100_000_000, 1.0),
        HAND: figures(100_000_000, 1.0),
        DOCUMENTED: figures(150_000_000, 5.0),
    }
    assert [row.met for row in goals("x", found)] == [True, False, True, True]


def test_the_table_has_a_line_for_each_contestant() -> None:
    table = figures_table({STACKS[0]: {OURS: figures(3_000_000, 1.25)}})
    assert table.splitlines()[-1].endswith("| dockgen new | 3.0 | 1.0 | 1 | 2 | 1.2 | 1.2 | 1.2 |")


def test_a_stack_without_dependencies_has_no_goal_and_no_figure_for_one() -> None:
    bare = replace(figures(3_000_000, 1.25), after_dependency=None)
    table = figures_table({STACKS[0]: {OURS: bare}})
    assert table.splitlines()[-1].endswith("| dockgen new | 3.0 | 1.0 | 1 | 2 | 1.2 | 1.2 | – |")
    assert len(list(goals("x", {OURS: bare, HAND: bare, DOCUMENTED: bare}))) == 3


@pytest.mark.parametrize(
    ("image", "more"),
    [("python:3.13", True), ("python:3.13-slim", False), ("golang:1.27", False), ("php:8.4-apache", True)],
)
def test_full_images_are_completed_by_their_exact_names(image: str, more: bool) -> None:
    assert bool(wanted(f"FROM {image}\n")) is more


def test_a_full_image_that_has_its_packages_is_used_as_it_is() -> None:
    base = full_bases()[0]
    text = base.dockerfile("docker.io/library/python:3.13")
    assert "command -v cc || {" in text
    assert "buildpack-deps" in base.source
    assert {"gcc", "libssl-dev", "git"} <= set(base.packages)


def test_without_a_policy_nothing_is_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with completed("FROM python:3.13\n", tmp_path):
        assert VARIABLE not in os.environ
    assert not list(tmp_path.iterdir())
