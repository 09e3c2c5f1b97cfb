"""docs/new-stack.md word for word: its files make a stack, its commands say what stands there."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from dockgen.cli.main import run

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "new-stack.md"
EXAMPLE = ROOT / "examples" / "lua"
_FENCE = re.compile(r"^```(\w+)(?: title=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: a piece of the file `title`, or what a terminal shows."""

    title: str
    text: str


BLOCKS = [Block(title, text) for _, title, text in _FENCE.findall(PAGE.read_text())]


def commands(block: Block) -> list[tuple[str, list[str]]]:
    """Each command with the lines that it prints; a line of `…` stands for any others."""
    found: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        else:
            found[-1][1].append(line)
    return found


def shown(lines: list[str], said: str) -> bool:
    parts = "\n".join(lines).split("…")
    return re.search(".*".join(re.escape(part) for part in parts), said, re.DOTALL) is not None


def test_the_walk_through_works_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = 0
    for block in BLOCKS:
        if block.title:
            path = tmp_path / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((path.read_text() if path.exists() else "") + block.text)
            continue
        for command, lines in commands(block):
            program, *words = shlex.split(command)
            assert program == "dockgen"
            run(words)
            said = capsys.readouterr()
            assert shown(lines, said.out + said.err), f"{command}\n{said.out}{said.err}"
            ran += 1
    assert ran == 4
    assert (tmp_path / "tests/tides/project/Dockerfile").exists()


def test_the_example_is_what_the_walk_through_makes() -> None:
    made: dict[str, str] = {}
    for block in BLOCKS:
        if block.title:
            made[block.title] = made.get(block.title, "") + block.text
    kept = {str(path.relative_to(EXAMPLE)): path.read_text() for path in EXAMPLE.rglob("*") if path.is_file()}
    assert kept == made


def test_no_python_is_needed_for_a_stack() -> None:
    assert not list(EXAMPLE.rglob("*.py"))
