"""How a command ends: interrupted, with nobody to read on, in front of edited files."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dockgen.cli.main import run

GO = Path(__file__).parents[2] / "stacks" / "go" / "api" / "project"
DOCKGEN = [sys.executable, "-m", "dockgen"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GO, tmp_path / "api"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("words", [["stacks"], ["explain", "."], ["new", "--yes", "--dry-run", "."]])
def test_output_that_cannot_be_written_is_said_so(project: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*DOCKGEN, *words], cwd=project, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-2].startswith("dockgen: the output cannot be written: No space left")
    assert "bug" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["stacks"],
        ["stacks", "schema", "go"],
        ["explain", "DG0201"],
        ["explain", "."],
        ["lint", "."],
        ["lint", "--format", "json", "."],
        ["verify", "--list"],
        ["new", "--yes", "--json", "--dry-run", "--set", "stack=go", "."],
    ],
)
def test_a_reader_that_leaves_ends_it_quietly_as_sigpipe_would(project: Path, words: list[str]) -> None:
    (project / "Dockerfile").write_text("FROM debian\nRUN apt-get update\n")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*DOCKGEN, *words], cwd=project, stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_look_at_edited_files_ends_as_the_run_would(
    project: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    run(["new", "--yes", str(project)])
    (project / "Dockerfile").write_text((project / "Dockerfile").read_text() + "# mine\n")
    before = files(project)
    capsys.readouterr()
    assert run(["new", "--yes", str(project)]) == 2
    real = capsys.readouterr()
    assert run(["new", "--yes", option, str(project)]) == 2
    looked = capsys.readouterr()
    assert looked == real
    assert "not as dockgen wrote it: Dockerfile (edited); nothing was written" in looked.err
    assert "-# mine" in looked.err
    assert files(project) == before
    assert run(["new", "--yes", option, "--force", str(project)]) == 0
    assert files(project) == before


def test_a_diff_over_an_edited_file_shows_the_others_too(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["new", "--yes", str(project)])
    (project / "Dockerfile").write_text((project / "Dockerfile").read_text() + "# mine\n")
    assert run(["new", "--yes", "--diff", "--set", "port=9000", str(project)]) == 2
    said = capsys.readouterr().err
    assert "+++ b/Dockerfile" in said
    assert "+++ b/dockgen.yaml" in said
    assert "+  port: 9000" in said


def test_json_of_a_run_into_edited_files_names_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["new", "--yes", str(project)])
    (project / "Dockerfile").write_text("FROM scratch\n")
    capsys.readouterr()
    assert run(["new", "--yes", "--json", "--dry-run", str(project)]) == 2
    node = json.loads(capsys.readouterr().out)
    assert node["written"] is False
    assert "Dockerfile (edited)" in node["error"]["message"]
    assert "-FROM scratch" in node["error"]["hint"]
    assert node["error"]["files"] == [{"path": "Dockerfile", "state": "edited"}]
    assert node["error"]["diff"].startswith("--- a/Dockerfile")


def test_json_of_open_questions_is_for_programs(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (project / "cmd" / name).mkdir(parents=True)
        (project / "cmd" / name / "main.go").write_text("package main\n\nfunc main() {}\n")
    assert run(["new", "--yes", "--json", str(project)]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert [(one["name"], one["choices"], one["ways"]) for one in error["questions"]] == [
        ("main", ["cmd/a", "cmd/api", "cmd/b"], [f"--set main=cmd/{name}" for name in ("a", "api", "b")])
    ]


def test_json_of_an_ambiguous_folder_names_the_candidates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "go.mod").write_text("module example.com/a\n\ngo 1.26\n")
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "a"\n')
    assert run(["new", "--yes", "--json", str(tmp_path)]) == 2
    candidates = json.loads(capsys.readouterr().out)["error"]["candidates"]
    assert candidates == {"go": "go.mod declares a Go module", "rust": candidates["rust"]}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("verify", "stopped; what was started is removed"),
        ("lint", "stopped"),
        ("new", "stopped; nothing was written"),
    ],
)
def test_an_interrupted_command_says_what_is_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, said: str
) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"dockgen.cli.{command}.run", interrupt)
    assert run([command, "."]) == 130
    assert capsys.readouterr().err == f"\n{said}\n"


def test_after_a_starter_was_rendered_ctrl_c_says_that_it_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dockgen.setup.starter.start", lambda *_, **__: project)
    monkeypatch.setattr("dockgen.setup.new.create", interrupt)
    assert run(["new", "--yes", "--trust", "--template", "x", str(project.parent)]) == 130
    said = capsys.readouterr().err
    assert f"the starter project stays in {project}" in said
    assert "nothing was written" not in said


@pytest.mark.parametrize(
    ("words", "code"), [(["stacks"], 0), (["lint", "."], 1), (["explain", "nothing"], 2), (["--nothing"], 2)]
)
def test_the_program_ends_at_once_and_loses_neither_output_nor_code(
    project: Path, words: list[str], code: int
) -> None:
    (project / "Dockerfile").write_text("FROM alpine\n" + "RUN apk add curl\n" * 300)
    script = (
        "import atexit, sys; from dockgen.cli import main; atexit.register(print, 'freed, one by one');"
        "sys.argv[1:] = {}; {}"
    )
    ends = [script.format(words, end) for end in ("main.main()", "sys.exit(main.run())")]
    at_once, in_full = (
        subprocess.run(
            [sys.executable, "-c", one], cwd=project, capture_output=True, text=True, check=False, timeout=60
        )
        for one in ends
    )
    assert at_once.returncode == in_full.returncode == code
    assert at_once.stderr == in_full.stderr
    assert at_once.stdout == in_full.stdout.removesuffix("freed, one by one\n") or words == ["--nothing"]


SLOW = """
import sys, time
from dockgen.output import files
from dockgen.cli.main import run

real = files._write
def slow(*words):
    print("writing", file=sys.stderr, flush=True)
    time.sleep(1)
    return real(*words)

files._write = slow
raise SystemExit(run(["new", "--yes", sys.argv[1]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to another process there")
def test_ctrl_c_while_files_are_moved_into_place_does_not_make_it_say_an_untruth(project: Path) -> None:
    words = [sys.executable, "-c", SLOW, str(project)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr
        assert child.stderr.readline() == "writing\n"
        time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        out, error = child.communicate(timeout=60)
    assert (child.returncode, error) == (0, "")
    assert "Wrote" in out
    assert (project / "dockgen.lock").exists()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize(
    "words",
    [["new", "--yes", "--dry-run", "."], ["explain", "."], ["explain", "DG0201"], ["stacks"], ["lint", "."]],
)
def test_any_locale_takes_what_is_written(project: Path, encoding: str, words: list[str]) -> None:
    (project / "Dockerfile.dev").write_text("FROM scratch\nLABEL a=→\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*DOCKGEN, *words], cwd=project, env=environment, capture_output=True, timeout=60, check=False
    )
    assert done.returncode in (0, 1)
    assert done.stderr == b""
    assert done.stdout


def test_signs_are_told_apart_in_ascii(project: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    words = [*DOCKGEN, "new", "--yes", "--dry-run"]
    done = subprocess.run(words, cwd=project, env=environment, capture_output=True, timeout=60, check=False)
    said = done.stdout.decode("ascii")
    assert said.startswith("Go - api\n")
    assert "   1 + minimal base: kept" in said
    assert "   4 ? known vulnerabilities" in said


def test_json_is_the_same_in_any_locale(project: Path) -> None:
    words = [*DOCKGEN, "new", "--yes", "--json", "--dry-run", "--set", "vendor=Müller"]
    said = []
    for encoding in ("ascii", "utf-8"):
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        done = subprocess.run(
            words, cwd=project, env=environment, capture_output=True, timeout=60, check=False
        )
        said.append(json.loads(done.stdout.decode(encoding)))
    assert said[0] == said[1]
    assert said[0]["answers"]["vendor"]["value"] == "Müller"
