"""`dockgen new --each`: every app of a repository as one set, by the command line."""

import contextlib
import io
import json
import os
import shlex
import sys
from pathlib import Path

import pytest

from dockgen.cli.main import run
from unit.setup.repository import APPS, make

SET = {"Dockerfile", "dockgen.yaml", "dockgen.lock"}


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make(tmp_path / "mono")
    monkeypatch.chdir(made)
    return made


def dockgen(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = run(["new", *words])
        except SystemExit as end:
            code = int(end.code or 0)
    return code, out.getvalue(), err.getvalue()


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def odd(root: Path) -> Path:
    """Add an app of which nothing tells whether it is Node.js or Python."""
    folder = root / "services/odd"
    folder.mkdir()
    (folder / "package.json").write_text('{"scripts": {"start": "node i.js"}}')
    (folder / "pyproject.toml").write_text('[project]\nname = "odd"\nversion = "1"\n')
    (folder / "main.py").write_text("print(1)\n")
    (folder / "i.js").write_text("setInterval(() => {}, 1000)\n")
    return folder


def test_all_apps_are_written_and_a_second_run_changes_nothing(root: Path) -> None:
    before = files(root)
    code, said, _ = dockgen("--each", "--yes")
    first = files(root)
    folders = {path.rpartition("/")[0] for path in first.keys() - before.keys()}
    assert (code, folders) == (0, set(APPS))
    assert all((root / app / name).is_file() for app in APPS for name in SET)
    # Each with its own part of the context: the root for a workspace's member, the module for a program.
    assert "--file apps/web/Dockerfile" in said
    assert "--file services/shop/cmd/api/Dockerfile" in said
    assert "Nothing starts, so left out: packages/greet" in said
    assert "By their names no apps: examples" in said
    assert "main: cmd/worker" in (root / "services/shop/cmd/worker/dockgen.yaml").read_text()
    assert said.count("Nobody is named to report a vulnerability to") == 1
    assert dockgen("--each", "--yes")[0] == 0
    assert files(root) == first


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_looking_writes_nothing(root: Path, option: str) -> None:
    before = files(root)
    code, said, _ = dockgen("--each", "--yes", option)
    assert (code, files(root)) == (0, before)
    assert ("+++ b/services/shop/cmd/api/Dockerfile" in said) == (option == "--diff")


def test_json_tells_of_each_app_and_of_what_is_none(root: Path) -> None:
    odd(root)
    code, said, err = dockgen("--each", "--yes", "--json")
    node = json.loads(said)
    assert (code, err, node["written"], node["complete"]) == (0, "", True, True)
    assert [app["path"] for app in node["apps"]] == list(APPS)
    assert [app["stack"] for app in node["apps"]] == ["node", "python", "go", "go"]
    assert (node["libraries"], node["aside"]) == (["packages/greet"], ["examples"])
    assert [(app["path"], len(app["ways"])) for app in node["open"]] == [("services/odd", 2)]


def test_what_is_not_certain_is_named_with_the_command_that_settles_it(root: Path) -> None:
    folder = odd(root)
    code, said, _ = dockgen("--each", "--yes")
    assert code == 0
    assert not (folder / "Dockerfile").exists()
    command = next(line for line in said.splitlines() if line.endswith("--set stack=node"))
    assert dockgen(*shlex.split(command)[2:])[0] == 0
    code, said, _ = dockgen("--each", "--yes")
    assert code == 0
    assert "Not settled" not in said
    assert "services/odd · Node.js" in said


def test_strict_stops_at_an_app_that_is_not_settled(root: Path) -> None:
    odd(root)
    before = files(root)
    code, _, err = dockgen("--each", "--yes", "--strict")
    assert (code, files(root)) == (2, before)
    assert "services/odd is not settled" in err


def test_an_edited_file_of_one_stops_all(root: Path) -> None:
    dockgen("--each", "--yes", "--skip", "apps/web")
    edited = root / "services/mail/Dockerfile"
    edited.write_text(edited.read_text() + "# mine\n")
    before = files(root)
    code, _, err = dockgen("--each", "--yes")
    assert (code, files(root)) == (2, before)
    assert "services/mail/Dockerfile (edited); nothing was written" in err
    assert "--- a/services/mail/Dockerfile" in err
    code, said, _ = dockgen("--each", "--yes", "--force")
    assert code == 0
    assert "the former Dockerfile is kept as Dockerfile.bak1" in said
    assert (root / "services/mail/Dockerfile.bak1").read_bytes() == before["services/mail/Dockerfile"]
    assert (root / "apps/web/Dockerfile").is_file()


def test_what_the_linter_refuses_of_one_stops_all(root: Path) -> None:
    saved = "version: 1\nstack: go\nanswers:\n  main: cmd/worker\n  environment: {API_TOKEN: abc}\n"
    (root / "services/shop/cmd/worker/dockgen.yaml").write_text(saved)
    before = files(root)
    code, said, _ = dockgen("--each", "--yes")
    assert (code, files(root)) == (1, before)
    assert "Nothing was written." in said
    assert said.count("environment.API_TOKEN is at fault") == 1
    assert "abc" not in said
    assert [line for line in said.splitlines() if "wrote:" in line] == []


def test_an_answer_is_for_all_that_have_the_question(root: Path) -> None:
    code, said, _ = dockgen("--each", "--yes", "--set", "vendor=Acme", "--set", "entry=server.js")
    assert code == 0, said
    assert all('vendor="Acme"' in (root / app / "Dockerfile").read_text() for app in APPS)
    assert all("vendor: Acme" in (root / app / "dockgen.yaml").read_text() for app in APPS)
    assert "entry" not in (root / "services/mail/dockgen.yaml").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "port=99999"], ["apps/web: --set for all: answer port", "from 1 to 65535"]),
        (["--set", "prot=1"], ["no app here has an answer named 'prot'"]),
        (["--set", "stack=go"], ["stack differs from app to app"]),
        (["--set", "name=x"], ["name differs from app to app", "dockgen new PATH --set name="]),
        (["--skip", "apps/wep"], ["--skip apps/wep: no app was found there", "apps/web"]),
        (["--output", "out"], ["--output is one folder"]),
        (["--template", "x"], ["--template makes one app"]),
        (["examples/first/../../packages"], ["no app was found in examples/first/../../packages"]),
        (["missing"], ["missing", "No such file"]),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(root: Path, words: list[str], said: list[str]) -> None:
    before = files(root)
    code, out, err = dockgen("--each", "--yes", *words)
    assert (code, out, files(root)) == (2, "", before)
    assert all(part in err for part in said), err
    assert "Traceback" not in err


@pytest.mark.usefixtures("root")
def test_skip_is_for_each_alone() -> None:
    assert "--skip is for --each" in dockgen("--yes", "--skip", "a", "services/mail")[2]


def test_a_wrong_dockgen_yaml_is_named_with_its_folder(root: Path) -> None:
    (root / "services/mail/dockgen.yaml").write_text("version: 1\nanswers:\n  prot: 1\n")
    code, _, err = dockgen("--each", "--yes")
    assert code == 2
    assert err.startswith("dockgen: services/mail: dockgen.yaml:3: "), err


def test_a_manifest_that_cannot_be_read_leaves_the_others_alone(root: Path) -> None:
    (root / "services/mail/requirements.txt").unlink()
    (root / "services/mail/pyproject.toml").write_text("[project\n")
    code, said, _ = dockgen("--each", "--yes")
    assert code == 0
    assert "Not settled: services/mail" in said
    assert "pyproject.toml:1:" in said
    assert (root / "apps/web/Dockerfile").is_file()


def test_without_terminal_and_yes_the_apps_are_listed(root: Path) -> None:
    before = files(root)
    code, _, err = dockgen("--each")
    assert (code, files(root)) == (2, before)
    assert all(f"  {app}: " in err for app in APPS)
    assert "--yes takes all that are certain" in err


def test_where_no_app_is_certain_each_is_named(root: Path) -> None:
    odd(root)
    code, _, err = dockgen("--each", "--yes", "services/odd")
    assert code == 2
    assert "dockgen new services/odd --yes --set stack=python" in err


@pytest.mark.usefixtures("root")
def test_new_mentions_it_where_there_are_several_apps() -> None:
    assert "`dockgen new --each .`" in dockgen("--yes")[2]
    assert "for the apps below (mail, shop): `dockgen new --each services`" in dockgen("--yes", "services")[2]


@pytest.mark.usefixtures("root")
def test_a_script_at_the_top_is_not_the_app_where_apps_lie_below(root: Path) -> None:
    script = root / "services" / "build-all.sh"
    script.write_text("#!/bin/sh\n")
    code, _, err = dockgen("--yes", "services")
    assert code == 2
    assert "no file here tells which stack" in err
    assert "for the apps below (mail, shop): `dockgen new --each services`" in err


def test_a_file_for_the_whole_repository_is_written_once_and_not_by_apps_that_differ(root: Path) -> None:
    (root / ".git").mkdir()
    assert dockgen("--each", "--yes", "--set", "renovate=renovate")[0] == 0
    assert (root / "renovate.json").is_file()
    assert not list(root.rglob(".dockgen.journal"))
    before = files(root)
    code, _, err = dockgen("--each", "--yes", "--set", "renovate=dependabot")
    assert (code, files(root)) == (2, before)
    assert ".github/dependabot.yml: one file for the whole repository, and the apps differ" in err


pexpect = pytest.importorskip("pexpect")
ENTER, CTRL_C, DOWN = "\r", "\x03", "\x1b[B"


def start(root: Path) -> "pexpect.spawn[str]":
    return pexpect.spawn(
        sys.executable,
        ["-m", "dockgen", "new", "--each"],
        cwd=str(root),
        encoding="utf-8",
        timeout=30,
        env={**os.environ, "COLUMNS": "100"},
        dimensions=(50, 100),
    )


def ended(child: "pexpect.spawn[str]") -> tuple[int | None, str]:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, child.before or ""


def test_apps_are_ticked_asked_about_and_confirmed(root: Path) -> None:
    odd(root)
    child = start(root)
    child.expect("Which apps")
    child.expect("apps/web +Node.js: package.json declares")
    child.expect("services/odd +to be chosen: ")
    # Unticked: all but the third.
    child.send(" " + DOWN + " " + DOWN * 2 + " " + DOWN + " " + ENTER)
    child.expect("Which stack is it")
    child.send(ENTER)
    while child.expect(["Node.js version", "What is it", "Base of the final image", "go on with these"]) < 3:
        child.send(ENTER)
    child.send(ENTER)
    child.expect("write the files of 1 app")
    child.send(ENTER)
    status, said = ended(child)
    assert status == 0, said
    written = {path.parent.relative_to(root).as_posix() for path in root.rglob("dockgen.lock")}
    assert written == {"services/odd"}


@pytest.mark.parametrize("questions", [1, 2])
def test_an_end_at_any_question_leaves_nothing(root: Path, questions: int) -> None:
    before = files(root)
    child = start(root)
    child.expect("Which apps")
    if questions > 1:
        child.send(ENTER)
        child.expect("apps/web\\S*\\s+\\S*Node.js: package.json declares")
    child.send(CTRL_C)
    status, said = ended(child)
    assert (status, files(root)) == (130, before)
    assert "Traceback" not in said
