"""Help and usage: laid out as argparse does, without what only the width needs."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

import pytest

from dockgen.cli.help_formatter import HelpFormatter, _columns
from dockgen.cli.main import COMMANDS, run


@pytest.mark.parametrize("columns", ["40", "80", "200", "nonsense", "0", "-3"])
def test_as_wide_as_argparse_makes_it(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    _columns.cache_clear()
    made = [
        argparse.ArgumentParser(prog="x", description="word " * 60, formatter_class=formatter)
        for formatter in (HelpFormatter, argparse.HelpFormatter)
    ]
    for parser in made:
        parser.add_argument("--option", help="help " * 40, metavar="VALUE")
    ours, theirs = (parser.format_help() for parser in made)
    _columns.cache_clear()
    assert ours == theirs


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_told_the_same_way_wherever_it_stands(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for words in ([name, "--help"], ["--debug", name, "--help"]):
        with pytest.raises(SystemExit) as end:
            run(words)
        assert end.value.code == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert told[0].startswith(f"usage: dockgen {name} ") and COMMANDS[name] in told[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lint", "--nothing"], "dockgen lint: error: unrecognized arguments: --nothing"),
        (["nothing"], "invalid choice: 'nothing'"),
        ([], "required"),
        (["new", "a", "b"], "dockgen new: error: unrecognized arguments: b"),
    ],
)
def test_wrong_words_end_with_2_and_the_usage(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        run(words)
    assert end.value.code == 2
    errors = capsys.readouterr().err
    assert errors.startswith("usage: dockgen") and said in errors


def test_parsing_loads_no_more_than_argparse() -> None:
    script = (
        "import sys; from dockgen.cli.main import command_parser; command_parser('lint').parse_args(['.']);"
        "print(sorted({'shutil', 'lzma', 'bz2'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == "[]\n"
