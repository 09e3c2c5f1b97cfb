"""`dockgen lint` as a user runs it: paths, options, exit codes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dockgen.cli.main import run
from dockgen.output.lock import Lock, StackVersion, TemplateVersion, dump

CLEAN = 'FROM scratch\nCOPY app /app\nUSER 65532:65532\nENTRYPOINT ["/app"]\n'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    (tmp_path / ".git").mkdir()


def lint(*arguments: str) -> int:
    return run(["lint", *arguments])


def test_clean_files_are_0(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text(CLEAN)
    Path("app").write_text("")
    assert lint() == 0
    assert capsys.readouterr().out == "no findings in 1 file\n"


def test_findings_are_1(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text("FROM debian\n")
    assert lint("Dockerfile") == 1
    assert "Dockerfile:1:6: warning DG0601 DL3006" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "no such file"),
        ([], "no Dockerfile was found"),
        (["--select", "DG99", "."], "--select holds 'DG99'"),
        (["--context", "nowhere", "."], "there is no such folder"),
        (["--config", "nowhere.toml", "."], "cannot be read"),
    ],
)
def test_what_cannot_run_is_2(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(*arguments) == 2
    assert message in capsys.readouterr().err


def test_a_compose_file_that_builds_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    Path("compose.yaml").write_text("services:\n  db:\n    image: postgres:18\n")
    assert lint("compose.yaml") == 2
    assert "compose.yaml: no build with a Dockerfile that is there" in capsys.readouterr().err


def test_a_threshold_decides_on_the_exit_code() -> None:
    Path("Dockerfile").write_text("FROM debian\n")
    assert lint("--select", "DG0601", "--fail-on", "error") == 0
    assert lint("--select", "DG0601", "--fail-on", "warning") == 1
    assert lint("--fail-on", "never") == 0


def test_the_configuration_is_found_and_the_command_line_wins(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text("FROM debian\nMAINTAINER me\n")
    Path(".dockgen.toml").write_text('[lint]\nselect = ["DG0601"]\n')
    assert lint("--format", "json") == 1
    rows = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    assert [row["ids"][0] for row in rows] == ["DG0601"]
    lint("--format", "json", "--select", "DG0803")
    rows = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    assert [row["ids"][0] for row in rows] == ["DG0803"]


def test_paths_have_settings_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a").mkdir()
    for name in ("Dockerfile", "a/Dockerfile"):
        Path(name).write_text("FROM debian\n")
    Path(".dockgen.toml").write_text(
        '[lint]\nselect = ["DG0601"]\n[lint.per-path."a/"]\nignore = ["DG0601"]\n'
    )
    lint("--format", "json")
    files = json.loads(capsys.readouterr().out)["files"]
    assert {file["path"]: len(file["findings"]) for file in files} == {"Dockerfile": 1, "a/Dockerfile": 0}


def test_hadolint_s_configuration_beside_the_dockerfile_holds(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a").mkdir()
    Path("a/Dockerfile").write_text("FROM debian:12\nRUN cd /x\n")
    lint("--select", "DL3003", "--format", "json")
    assert "DL3003" in capsys.readouterr().out
    Path("a/.hadolint.yaml").write_text("ignored: [DL3003]\n")
    subprocess.run([sys.executable, "-m", "dockgen.cli.main", "lint", "--select", "DL3003"], check=True)


def test_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dockgen.cli.main", "lint", "-", "--format", "github"],
        input=b"FROM debian\n# \xff\n",
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert b"::warning file=stdin,line=1" in done.stdout


def test_what_an_ignore_file_now_holds_back_is_not_reported(capsys: pytest.CaptureFixture[str]) -> None:
    Path("id_rsa").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAA\n")
    Path("Dockerfile").write_text("FROM debian:12\nCOPY . /app\n")
    assert lint("--fix", "--no-hadolint", "--select", "DG0509") == 0
    assert "DG0509" not in capsys.readouterr().out


def piped(data: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dockgen.cli.main", "lint", "-", "--no-hadolint", *options]
    return subprocess.run(command, input=data, capture_output=True, check=False)


def test_standard_input_is_mended_to_standard_output() -> None:
    done = piped(b"FROM debian:12\r\nMAINTAINER me\r\n", "--fix")
    assert done.stdout == b'FROM debian:12\r\nLABEL org.opencontainers.image.authors="me"\r\n'
    assert done.returncode == 0
    assert {path.name for path in Path().iterdir()} <= {".cache", ".git"}


def test_standard_input_with_nothing_to_mend_comes_out_as_it_was() -> None:
    done = piped(b"FROM debian\n# \xff\n", "--fix")
    assert done.stdout == b"FROM debian\n# \xff\n"
    assert done.returncode == 1
    assert b"DG0601" in done.stderr


def test_the_difference_of_standard_input_is_shown() -> None:
    done = piped(b"FROM debian:12\nMAINTAINER me\n", "--diff")
    assert done.stdout.startswith(b"--- a/stdin\n+++ b/stdin\n")
    assert b"-MAINTAINER me\n" in done.stdout
    assert done.returncode == 1


def test_the_report_goes_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text("FROM debian\n")
    assert lint("--format", "sarif", "--output", "out.sarif") == 1
    assert capsys.readouterr().out == ""
    assert json.loads(Path("out.sarif").read_text())["version"] == "2.1.0"


def test_diff_shows_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("")
    Path("Dockerfile").write_text("FROM debian:12\nADD a.txt /a\n")
    assert lint("--diff") == 1
    assert "-ADD a.txt /a\n+COPY a.txt /a\n" in capsys.readouterr().out
    assert Path("Dockerfile").read_text() == "FROM debian:12\nADD a.txt /a\n"


def test_fix_writes_and_reports_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("")
    Path("Dockerfile").write_text("FROM debian:12\nADD a.txt /a\n")
    lint("--fix", "--select", "DG0701")
    assert Path("Dockerfile").read_text() == "FROM debian:12\nCOPY a.txt /a\n"
    assert capsys.readouterr().out == "no findings in 1 file\n"


def test_the_scorecard(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text("FROM debian\n")
    lint("--score")
    shown = capsys.readouterr().out
    assert "of 10 practices kept" in shown
    assert " 6 ✗ fixed tags: broken" in shown


def test_a_compose_file_leads_to_context_and_target(capsys: pytest.CaptureFixture[str]) -> None:
    Path("docker").mkdir()
    Path("docker/app.Dockerfile").write_text("FROM debian:12 AS unused\nFROM debian:12\nCOPY . /app\n")
    Path("id_rsa").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nx\n")
    Path("compose.yaml").write_text(
        "services: {a: {build: {context: ., dockerfile: docker/app.Dockerfile, target: unused}}}"
    )
    lint("compose.yaml", "--format", "json", "--no-hadolint")
    rows = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    ids = {row["ids"][0] for row in rows}
    assert "DG0509" in ids
    assert "DG0905" not in ids


def test_a_context_is_found_above_the_dockerfile(capsys: pytest.CaptureFixture[str]) -> None:
    Path("docker").mkdir()
    Path("docker/Dockerfile").write_text("FROM debian:12\nCOPY id_rsa /a\n")
    Path("id_rsa").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nx\n")
    lint("docker/Dockerfile", "--no-hadolint", "--format", "json")
    assert "DG0504" in capsys.readouterr().out


def test_the_digest_of_the_lock_is_put_in() -> None:
    digest = "sha256:" + "a" * 64
    Path("Dockerfile").write_text("FROM debian:12.5-slim\nUSER 1:1\n")
    lock = Lock("0.1.0", StackVersion("s", "1"), TemplateVersion("t", "x"), {"debian:12.5-slim": digest})
    Path("dockgen.lock").write_text(dump(lock))
    lint("--fix", "--profile", "strict", "--no-hadolint")
    assert Path("Dockerfile").read_text() == f"FROM debian:12.5-slim@{digest}\nUSER 1:1\n"


def test_a_lock_that_is_none_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Dockerfile").write_text("FROM debian\n")
    Path("dockgen.lock").write_text("{[")
    assert lint("--select", "DG0601") == 1
    assert "DG0601" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="needs a pipe that closes early")
def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    Path("Dockerfile").write_text("FROM debian\n" + "RUN cd /x\n" * 60)
    shell = f"'{sys.executable}' -m dockgen.cli.main lint | head -c 10"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "Traceback" not in done.stderr


def test_ten_thousand_instructions_take_no_minute() -> None:
    Path("Dockerfile").write_text("FROM debian:12\n" + "RUN echo a\n" * 10_000)
    started = time.process_time()
    assert lint("Dockerfile") == 1
    assert time.process_time() - started < 8


def test_a_line_of_a_mebibyte() -> None:
    Path("Dockerfile").write_text("FROM debian:12\nRUN echo " + "a" * (1 << 20) + "\n")
    started = time.process_time()
    assert lint("Dockerfile", "--format", "json") in {0, 1}
    assert time.process_time() - started < 8
