"""`dockgen new` at a real pseudo-terminal."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
GO = Path(__file__).parents[2] / "stacks" / "go"
# The shape of a token of GitHub, and no one's.
TOKEN = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
CODE = re.compile("\x1b\\[[0-9;]*m")
ENTER, CTRL_C, DOWN = "\r", "\x03", "\x1b[B"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GO / "two-programs" / "project", tmp_path / "shop"))


def start(project: Path, *words: str, columns: int = 100, command: str = "new") -> "pexpect.spawn[str]":
    return pexpect.spawn(
        sys.executable,
        ["-m", "dockgen", command, *words, str(project)],
        encoding="utf-8",
        timeout=30,
        env={**os.environ, "COLUMNS": str(columns)},
        dimensions=(50, columns),
    )


def ended(child: "pexpect.spawn[str]") -> tuple[int | None, str]:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, child.before or ""


def names(project: Path) -> set[str]:
    return {path.name for path in project.iterdir()}


def test_only_what_is_unknown_is_asked_and_the_summary_confirms(project: Path) -> None:
    child = start(project)
    child.expect("Which program")
    child.send(DOWN + ENTER)
    child.expect("Base of the final image")
    child.send(ENTER)
    # The port, the version and the role were detected: the next is the summary.
    child.expect("Go on")
    child.expect("main cmd/worker")
    child.send(ENTER)
    assert ended(child)[0] == 0
    assert {"Dockerfile", "dockgen.lock", "dockgen.yaml"} <= names(project)
    assert "main: cmd/worker" in (project / "dockgen.yaml").read_text()


def test_an_answer_is_changed_in_the_summary_and_checked_at_the_prompt(project: Path) -> None:
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static")
    child.expect("Go on")
    child.expect("change run")
    child.send(DOWN * 2 + ENTER)
    child.expect("Change what of run")
    child.expect(r"port +8088 \(cmd/api/main.go:[0-9]+\)")
    child.send(DOWN * 2 + ENTER)
    child.expect("Port that the server listens on")
    child.send("\x7f" * 4 + "99999" + ENTER)
    child.expect("out of range")
    child.send("\x7f" * 5 + "9001" + ENTER)
    child.expect("Go on")
    child.send(ENTER)
    assert ended(child)[0] == 0
    assert "EXPOSE 9001" in (project / "Dockerfile").read_text()


def test_it_says_first_what_the_project_is_and_last_which_files_it_writes(project: Path) -> None:
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static", "--set", "renovate=renovate")
    child.expect("Go: go.mod declares a Go module")
    child.expect("Go on")
    child.expect("write Dockerfile, .dockerignore, renovate.json, dockgen.yaml, dockgen.lock")
    child.send(CTRL_C)
    ended(child)


def test_the_summary_offers_nothing_to_change_where_there_is_nothing_to_choose(project: Path) -> None:
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static")
    child.expect("change build")
    child.send(DOWN + ENTER)
    child.expect("Change what of build")
    child.expect("accept")
    assert "flavour" in child.before
    assert " keep " not in child.before
    child.send(CTRL_C)
    ended(child)


def test_somebodys_own_file_is_left_alone_unless_that_is_chosen(project: Path) -> None:
    (project / "Dockerfile").write_text("FROM scratch\n")
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static")
    child.expect("Not dockgen's: Dockerfile")
    child.send(ENTER)
    assert ended(child)[0] == 2
    assert (project / "Dockerfile").read_text() == "FROM scratch\n"
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static")
    child.expect("replace Dockerfile .a backup is kept., write .dockerignore")
    child.send(DOWN + ENTER)
    assert ended(child)[0] == 0
    assert (project / "Dockerfile.bak1").read_text() == "FROM scratch\n"
    assert "EXPOSE 8088" in (project / "Dockerfile").read_text()


@pytest.mark.parametrize("questions", [0, 1, 2])
def test_an_end_at_any_question_leaves_nothing(project: Path, questions: int) -> None:
    before = names(project)
    child = start(project)
    for text in ["Which program", "Base of the final", "Go on"][: questions + 1]:
        child.expect(text)
        if text != ["Which program", "Base of the final", "Go on"][questions]:
            child.send(ENTER)
    child.send(CTRL_C)
    status, said = ended(child)
    assert (status, names(project)) == (130, before)
    assert "Traceback" not in said
    assert said.count("nothing was written") == 1


def test_cancelling_writes_nothing(project: Path) -> None:
    before = names(project)
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static")
    child.expect("Go on")
    child.send("\x1b[A" + ENTER)
    status, said = ended(child)
    assert (status, names(project)) == (2, before)
    assert "cancelled; nothing was written" in said


def test_the_stack_is_chosen_where_nothing_tells(tmp_path: Path) -> None:
    child = start(tmp_path)
    child.expect("Which stack is it")
    child.expect("no file here tells")
    child.send(CTRL_C)
    assert ended(child)[0] == 130
    assert not list(tmp_path.iterdir())


def test_each_stack_is_offered_with_what_speaks_for_it(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project]\nname = "a"\nversion = "1"\n')
    child = start(project)
    child.expect("Which stack is it")
    child.expect("go +go.mod declares a Go module")
    child.expect("python +pyproject.toml describes")
    child.send(CTRL_C)
    assert ended(child)[0] == 130


def test_files_named_like_secrets_are_asked_about_and_the_ticked_go_in(project: Path) -> None:
    (project / "cmd" / ".env.defaults").write_text("LEVEL=info\n")
    (project / "cmd" / "pip.conf").write_text("[global]\ntimeout = 30\n")
    (project / "cmd" / "prod.env").write_text("API_TOKEN=abc\n")
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static")
    child.expect("Which of these files, named like secrets, does the build need")
    child.expect("cmd/.env.defaults +1 line without a secret")
    child.expect("cmd/pip.conf +2 lines without a secret")
    child.send(" " + ENTER)
    child.expect("Go on")
    child.send(ENTER)
    status, said = ended(child)
    assert status == 0
    assert "cmd/prod.env stays out of the build: line 1 gives API_TOKEN a value" in " ".join(said.split())
    lines = (project / ".dockerignore").read_text().splitlines()
    assert lines[-1] == "!cmd/.env.defaults"
    assert "!cmd/pip.conf" not in lines


def test_the_end_of_the_input_is_said_in_a_sentence(project: Path) -> None:
    before = names(project)
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static")
    child.expect("Go on")
    child.send(DOWN * 2 + ENTER)
    child.expect("Change what of run")
    child.send(DOWN * 2 + ENTER)
    child.expect("Port that the server listens on")
    child.send("\x7f" * 4 + "\x04")
    status, said = ended(child)
    assert (status, names(project)) == (2, before)
    assert "the input ended before the last question" in said


@pytest.mark.parametrize(("command", "words"), [("explain", []), ("new", ["--yes", "--dry-run"])])
def test_sentences_fit_a_narrow_terminal(project: Path, command: str, words: list[str]) -> None:
    child = start(project, "--set", "main=cmd/api", *words, columns=60, command=command)
    status, said = ended(child)
    assert status == 0
    text = CODE.sub("", said)
    # Commands are copied from the screen, and stay whole.
    sentences = text if command == "explain" else text.partition("\nNext")[2].replace("git add", "\0")
    long = [line for line in sentences.splitlines() if len(line) > 60 and "\0" not in line]
    assert [line for line in long if " " in line.strip()] == []
    assert "cmd/api" in text


def test_menus_fit_a_narrow_terminal_and_leave_the_answer_alone(project: Path) -> None:
    child = start(project, "--set", "main=cmd/api", columns=60)
    child.expect("Base of the final image")
    child.expect("static +distroless static[^\r\n]*…")
    child.expect("slim +Debian slim[^\r\n]*…")
    child.send(ENTER)
    child.expect("Go on")
    assert re.search(r"Base of the final image [^\r\n]*static\x1b\[0m\r", child.before or "")
    child.expect("change build")
    child.send(CTRL_C)
    assert ended(child)[0] == 130


@pytest.mark.parametrize(
    ("typed", "masked", "secret"),
    [
        ("API_TOKEN=drachenfels", "API_TOKEN=HIDDEN", "drachenfels"),
        (f"NOTE=ghp_{TOKEN}", "NOTE=HIDDEN", TOKEN),
    ],
)
def test_a_secret_that_was_typed_is_masked_from_then_on(
    project: Path, typed: str, masked: str, secret: str
) -> None:
    before = names(project)
    child = start(project, "--set", "main=cmd/api", "--set", "flavour=static")
    child.expect("Go on")
    child.send(DOWN * 2 + ENTER)
    child.expect("Change what of run")
    child.expect("environment")
    child.send(DOWN * 4 + ENTER)
    child.expect("Environment at run time")
    child.send(typed)
    child.expect(typed[:8])
    child.send(ENTER)
    child.expect("Go on")
    child.expect(masked)
    child.send(ENTER)
    status, said = ended(child)
    assert (status, names(project)) == (1, before)
    assert secret not in said
    assert masked.partition("=")[0] in said
