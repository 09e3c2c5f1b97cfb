"""`dockgen new` as programs and impatient people use it: no terminal, nobody to ask."""

import contextlib
import datetime
import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dockgen.cli.main import run
from dockgen.setup.new import Request, create

GO = Path(__file__).parents[2] / "stacks" / "go"
SET = {"Dockerfile", ".dockerignore", "dockgen.yaml", "dockgen.lock"}


@dataclass(frozen=True)
class Done:
    """What a run left behind."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GO / "api" / "project", tmp_path / "api"))


def dockgen(*words: str | Path, cwd: Path | None = None) -> Done:
    """Run the command line in this process, at no terminal: most of the time of a new one is its start."""
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    try:
        os.chdir(cwd or before)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([str(word) for word in words])
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os.chdir(before)
    return Done(code, out.getvalue(), err.getvalue())


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_yes_writes_the_set_and_a_second_run_changes_nothing(project: Path) -> None:
    before = files(project)
    assert dockgen("new", "--yes", project).returncode == 0
    first = files(project)
    assert first.keys() - before.keys() == SET
    second = dockgen("new", "--yes", project)
    assert (second.returncode, files(project)) == (0, first)
    assert second.stdout.count("the same") == len(SET)


def test_what_dockgen_wrote_is_no_evidence(project: Path) -> None:
    assert dockgen("new", "--yes", "--set", "port=9000", project).returncode == 0
    assert dockgen("new", "--yes", "--set", "renovate=renovate", project).returncode == 0
    assert "port: 9000" in (project / "dockgen.yaml").read_text()
    assert "EXPOSE 9000" in (project / "Dockerfile").read_text()
    assert "Dockerfile:" not in dockgen("explain", project).stdout


def test_what_only_a_replaced_file_said_is_kept_as_an_answer(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM node\nEXPOSE 3456\n")
    (tmp_path / "package.json").write_text('{"name": "a", "main": "a.js", "dependencies": {"express": "5"}}')
    (tmp_path / "a.js").write_text('require("express")().listen(process.env.PORT)\n')
    assert dockgen("new", "--yes", "--force", tmp_path).returncode == 0
    assert "port: 3456" in (tmp_path / "dockgen.yaml").read_text()
    first = files(tmp_path)
    assert dockgen("new", "--yes", tmp_path).returncode == 0
    assert files(tmp_path) == first


def test_an_edited_file_is_refused_with_a_diff_and_forced_with_backups(project: Path) -> None:
    dockgen("new", "--yes", project)
    edited = (project / "Dockerfile").read_text() + "# mine\n"
    (project / "Dockerfile").write_text(edited)
    refused = dockgen("new", "--yes", project)
    assert refused.returncode == 2
    assert "-# mine" in refused.stderr
    assert (project / "Dockerfile").read_text() == edited
    assert dockgen("new", "--yes", "--force", project).returncode == 0
    assert (project / "Dockerfile.bak1").read_text() == edited
    # The backup is no second Dockerfile: the ignore file keeps its name.
    after = files(project)
    assert dockgen("new", "--yes", project).returncode == 0
    assert files(project) == after


def test_crlf_checkouts_are_not_taken_for_edits(project: Path) -> None:
    dockgen("new", "--yes", project)
    for name in SET:
        path = project / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert dockgen("new", "--yes", project).returncode == 0


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_looking_writes_and_recovers_nothing(project: Path, option: str) -> None:
    journal = project / ".dockgen.journal"
    journal.mkdir()
    (journal / "new.0").write_text("left by a run that was killed")
    before = files(project)
    done = dockgen("new", "--yes", option, project)
    assert (done.returncode, files(project)) == (0, before)
    assert dockgen("new", "--yes", project).returncode == 0
    assert not journal.exists()


def test_comments_of_the_answers_stay(project: Path) -> None:
    text = "version: 1\n# because\nstack: go\nanswers:\n  port: 9000 # here\n"
    (project / "dockgen.yaml").write_text(text)
    assert dockgen("new", "--yes", project).returncode == 0
    assert (project / "dockgen.yaml").read_text() == text
    assert "EXPOSE 9000" in (project / "Dockerfile").read_text()


def test_dockgen_yaml_is_backed_up_only_where_comments_would_be_lost(project: Path) -> None:
    dockgen("new", "--yes", project, "--set", "port=9000")
    dockgen("new", "--yes", project, "--set", "port=9001")
    assert not list(project.glob("*.bak*"))
    text = (project / "dockgen.yaml").read_text() + "# because\n"
    (project / "dockgen.yaml").write_text(text)
    done = dockgen("new", "--yes", project, "--set", "port=9002")
    assert "the former dockgen.yaml is kept as dockgen.yaml.bak1" in done.stdout
    assert (project / "dockgen.yaml.bak1").read_text() == text


def test_of_several_stacks_none_is_taken_without_asking(project: Path) -> None:
    (project / "package.json").write_text('{"scripts": {"start": "node i.js"}}')
    (project / "pyproject.toml").write_text('[project]\nname = "a"\nversion = "1"\n')
    before = files(project)
    done = dockgen("new", "--yes", project)
    assert (done.returncode, done.stdout, files(project)) == (2, "", before)
    assert "--set stack=go, --set stack=node, --set stack=python" in done.stderr
    assert dockgen("new", "--yes", "--dry-run", "--set", "stack=go", project).returncode == 0


def test_flags_win_over_the_file_and_that_over_dockgen_yaml(project: Path, tmp_path: Path) -> None:
    (project / "dockgen.yaml").write_text("version: 1\nanswers: {port: 1001, title: c, vendor: c}\n")
    answers = tmp_path / "answers.json"
    answers.write_text('{"port": 1002, "title": "b"}')
    words = ("new", "--yes", "--json", "--dry-run", project, "--answers", answers, "--set", "port=1003")
    said = json.loads(dockgen(*words).stdout)["answers"]
    assert [said[name]["value"] for name in ("port", "title", "vendor")] == [1003, "b", "c"]
    assert [said[name]["source"] for name in ("port", "title", "vendor")] == [
        "--set",
        "answers file",
        "dockgen.yaml",
    ]
    assert said["health"] == {"value": "/healthz", "source": "detected", "origin": "cmd/api/main.go:16"}


def test_set_takes_parts_and_structures(project: Path) -> None:
    done = dockgen(
        "new", "--yes", project, "--set", "environment.LEVEL=info", "--set", 'writable=["/tmp", "/run/x"]'
    )
    assert done.returncode == 0
    assert "LEVEL=info" in (project / "Dockerfile").read_text()
    assert "--tmpfs /run/x:" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "prot=1"], ["--set", "did you mean port?"]),
        (["--set", "port"], ["expected key=value"]),
        (["--set", "port=99999"], ["--set: answer port", "from 1 to 65535"]),
        (["--set", "writable=[a"], ["not valid YAML"]),
        (["--set", "writable=[2024-13-45]"], ["not valid YAML"]),
        (["--set", "stack=fortran"], ["there is no stack named 'fortran'", "go"]),
        (["--set", "image.runtime=x"], ["lacks a tag or a digest"]),
        (["--answers", "missing.yaml"], ["missing.yaml", "No such file"]),
        (["missing"], ["missing", "No such file"]),
        (["go.mod"], ["go.mod", "Not a directory"]),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(project: Path, words: list[str], said: list[str]) -> None:
    before = files(project)
    done = dockgen("new", "--yes", *words, cwd=project)
    assert (done.returncode, done.stdout, files(project)) == (2, "", before)
    assert all(part in done.stderr for part in said), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("version: 1\nanswers:\n  port: 99999\n", "dockgen.yaml:3:"),
        ("version: 1\nanswers:\n  prot: 1\n", "dockgen.yaml:3:"),
        ("version: 1\nstak: go\n", "dockgen.yaml:2:"),
        ("version: 2\n", "dockgen.yaml:1:"),
        ("version: 1\nanswers: {port: 1}\nanswers: {port: 2}\n", "dockgen.yaml:3: 'answers'"),
        ("version: 1\nanswers: [a]\n", "dockgen.yaml:2:"),
        ("version: 1\nanswers:\n  - {", "dockgen.yaml:"),
        ("version: 1\nanswers: {title: 2024-13-45}\n", "dockgen.yaml"),
        ('version: 1\nanswers: {port: !!int ""}\n', "dockgen.yaml"),
        ("version: 1\nanswers: {port: !!bool x}\n", "dockgen.yaml"),
        ("version: 1\nanswers: {port: !!timestamp x}\n", "dockgen.yaml"),
        ("[" * 3000, "dockgen.yaml"),
    ],
)
def test_a_wrong_dockgen_yaml_is_named_with_its_line(project: Path, text: str, place: str) -> None:
    (project / "dockgen.yaml").write_text(text)
    done = dockgen("new", "--yes", project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"dockgen: {place}"), done.stderr
    assert "bug" not in done.stderr


def test_without_terminal_the_open_questions_are_listed(tmp_path: Path) -> None:
    project = shutil.copytree(GO / "two-programs" / "project", tmp_path / "two")
    before = files(project)
    done = dockgen("new", project)
    assert (done.returncode, files(project)) == (2, before)
    assert "--set main=cmd/api  or  --set main=cmd/worker" in done.stderr
    assert "--set flavour=static" in done.stderr


def test_nothing_known_names_the_stacks(tmp_path: Path) -> None:
    done = dockgen("new", "--yes", tmp_path)
    assert done.returncode == 2
    assert "--set stack=" in done.stderr


def test_json_is_all_there_is_on_stdout(project: Path) -> None:
    done = dockgen("new", "--yes", "--json", project)
    node = json.loads(done.stdout)
    assert (node["written"], node["stack"], done.stderr) == (True, "go", "")
    assert {file["path"]: file["text"] for file in node["files"]} == {
        file["path"]: (project / file["path"]).read_text() for file in node["files"]
    }
    wrong = dockgen("new", "--yes", "--json", "--set", "port=0", project)
    assert wrong.returncode == 2
    assert "out of range" in json.loads(wrong.stdout)["error"]["message"]


@pytest.mark.parametrize(
    ("question", "way"),
    [
        (
            "environment",
            "a secret: leave it out, and hand it over to the container: docker run --env API_TOKEN",
        ),
        ("build_arguments", "--set secrets=id=api-token,env=API_TOKEN"),
    ],
)
def test_a_secret_is_refused_until_it_is_accepted(project: Path, question: str, way: str) -> None:
    before = files(project)
    refused = dockgen("new", "--yes", project, "--set", f"{question}.API_TOKEN=x")
    assert (refused.returncode, files(project)) == (1, before)
    for part in (f"{question}.API_TOKEN is at fault", way, "--set 'accept.API_TOKEN=the reason'"):
        assert part in refused.stdout
    words = ["--set", f"{question}.API_TOKEN=x", "--set", "accept.API_TOKEN=a public key"]
    accepted = dockgen("new", "--yes", project, *words)
    assert accepted.returncode == 0
    assert re.search(r"  accepted: \w+ on API_TOKEN, line \d+: a public key\n", accepted.stdout)
    assert "BuildKit: nothing else found" in accepted.stdout
    assert " API_TOKEN=x" in (project / "Dockerfile").read_text()
    # The reason is kept where the team sees it, and the next run needs no flags.
    assert "API_TOKEN: a public key" in (project / "dockgen.yaml").read_text()
    assert dockgen("new", "--yes", project).returncode == 0


def test_json_of_a_refusal_names_the_answer_and_of_an_acceptance_the_reason(project: Path) -> None:
    words = ("new", "--yes", "--json", project, "--set", "environment.API_TOKEN=x")
    refused = json.loads(dockgen(*words).stdout)
    (finding,) = refused["findings"]
    assert (refused["written"], refused["accepted"]) == (False, [])
    assert finding["answer"] == "environment.API_TOKEN"
    assert "--set 'accept.API_TOKEN=the reason'" in finding["ways"][1]
    accepted = json.loads(dockgen(*words, "--set", "accept.API_TOKEN=public").stdout)
    assert (accepted["written"], accepted["findings"]) == (True, [])
    (one,) = accepted["accepted"]
    assert (one["subject"], one["reason"]) == ("API_TOKEN", "public")
    assert one["ids"] == finding["ids"]
    lines = next(file["text"] for file in accepted["files"] if file["path"] == "Dockerfile").splitlines()
    assert lines[one["line"] - 1] == "ENV API_TOKEN=x"


@pytest.mark.parametrize("name", ["E", "API", "TOKEN", "API_TOKEN_2", "MY_API_TOKEN"])
def test_an_acceptance_holds_for_its_own_variable_alone(project: Path, name: str) -> None:
    words = ["--set", "environment.API_TOKEN=x", "--set", f"accept.{name}=no secret"]
    done = dockgen("new", "--yes", project, *words)
    assert done.returncode == 1
    assert "the answer environment.API_TOKEN is at fault" in done.stdout


TOKEN = "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
SECRETS = {
    "by name": ('environment.API_TOKEN=pa"ss$wo rd#1', "environment.API_TOKEN", ["ss$wo", "wo rd"]),
    "by name, as a whole": ("build_arguments=API_TOKEN=hunter22", "build_arguments.API_TOKEN", ["hunter22"]),
    "by shape, under a plain name": (f"environment.MODE={TOKEN}", "environment", [TOKEN]),
    "by shape, in a label": (f"title=see {TOKEN} here", "title", [TOKEN]),
    "in an address": ("url=https://bob:hunter22@git.acme.com/x", "url", ["hunter22"]),
    "as a variable's name": (f"secrets=id=npm,env={TOKEN}", "secrets", [TOKEN]),
}


@pytest.mark.parametrize("name", SECRETS)
def test_a_refused_secret_is_shown_nowhere(project: Path, name: str) -> None:
    given, answer, hidden = SECRETS[name]
    before = files(project)
    runs = [dockgen("new", "--yes", project, "--set", given, *more) for more in ([], ["--json", "--diff"])]
    assert [done.returncode for done in runs] == [1, 1]
    assert all(answer in done.stdout for done in runs)
    runs.append(dockgen("explain", project, "--set", given))
    assert not [part for part in hidden for done in runs if part in done.stdout + done.stderr]
    assert files(project) == before


def test_a_refused_secret_of_dockgen_yaml_is_not_in_the_differences(project: Path) -> None:
    (project / "dockgen.yaml").write_text("version: 1\nanswers:\n  environment:\n    API_TOKEN: hunter22\n")
    done = dockgen("new", "--yes", "--diff", project, "--set", "port=9000")
    assert (done.returncode, "hunter22" in done.stdout + done.stderr) == (1, False)
    assert "-    API_TOKEN: HIDDEN" in done.stdout


@pytest.mark.parametrize(
    "flag",
    [
        "environment=API_TOKEN:hunter22",
        "environment=[hunter22",
        "hunter22",
        "API_TOKEN:hunter22",
        "secrets=id=a,value=hunter22",
        "secrets=env=hunter22",
        "secrets=id=a,env=hunter-22",
        "API_TOKEN=hunter22",
    ],
)
def test_errors_repeat_no_value_that_may_be_a_secret(project: Path, flag: str) -> None:
    done = dockgen("new", "--yes", project, "--set", flag)
    assert (done.returncode, done.stdout) == (2, "")
    assert "hunter" not in done.stderr


def test_only_the_judgement_of_a_name_can_be_accepted(project: Path) -> None:
    # A token by its own shape stays a finding, whatever the variable is called and accepted as.
    token = "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
    words = ["--set", f"environment.API_TOKEN={token}", "--set", "accept.API_TOKEN=public"]
    done = dockgen("new", "--yes", project, *words)
    assert (done.returncode, (project / "Dockerfile").exists()) == (1, False)


IMAGE = f"debian:13@sha256:{'a' * 64}"
MEANT = {
    "packages": (["flavour=slim", "runtime_packages=curl,git"], "runtime_packages", ["git", "curl"]),
    "an image": (["flavour=slim", f"image.runtime={IMAGE}"], "image.runtime", ["image.runtime"]),
}


@pytest.mark.parametrize("name", MEANT)
def test_what_an_answer_causes_names_it_and_can_be_meant_so(project: Path, name: str) -> None:
    flags, answer, subjects = MEANT[name]
    words = ["new", "--yes", "--dry-run", project, *[word for flag in flags for word in ("--set", flag)]]
    refused = dockgen(*words)
    assert (refused.returncode, "report it" in refused.stdout) == (1, False)
    assert f"the answer {answer} is at fault" in refused.stdout
    accepted = [f"accept.{subject}=the base team says so" for subject in subjects]
    assert all(f"--set 'accept.{subject}=the reason'" in refused.stdout for subject in subjects)
    words += [word for flag in accepted for word in ("--set", flag)]
    # Each package for itself: one reason is not one for the other.
    assert dockgen(*words[:-2]).returncode == 1
    done = dockgen(*words)
    assert done.returncode == 0
    assert re.search(r"accepted: DG\d+ on [\w., ]+, line \d+: the base team says so", done.stdout)


def test_a_version_at_its_end_names_the_answer(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("flask==3.1.2\n")
    (tmp_path / "app.py").write_text("from flask import Flask\napp = Flask(__name__)\n")
    (tmp_path / ".python-version").write_text("3.11\n")
    request = Request(tmp_path, datetime.date(2027, 12, 1), yes=True, write=False)
    (fault,) = create(request).faults
    assert (fault.rule, fault.answer) == ("DG0103", "version")
    assert fault.ways == (
        "move to a supported version and set it: --set version=…",
        "meant so: say why: --set 'accept.version=the reason'",
    )
    assert fault.message == "the answer version is at fault (.python-version:1)"
    meant = replace(request, flags=("accept.version=a paid contract",))
    assert create(meant).exit_code == 0


def test_a_tool_that_a_dependency_calls_is_no_finding(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("flask==3.1.2\nGitPython==3.1.45\n")
    (tmp_path / "app.py").write_text("from flask import Flask\napp = Flask(__name__)\n")
    done = dockgen("new", "--yes", "--dry-run", tmp_path)
    assert done.returncode == 0
    assert re.search(r"accepted: DG0105 on git, line \d+: a dependency of the project calls it", done.stdout)


def test_a_folder_that_is_called_like_a_tool_still_names_its_caches(project: Path) -> None:
    (project / "go.mod").write_text((project / "go.mod").read_text().replace("api", "gomod"))
    folder = project.rename(project.parent / "gomod")
    assert dockgen("new", "--yes", "--dry-run", folder, "--set", "name=gomod").returncode == 0
    done = dockgen("new", "--yes", "--dry-run", folder, "--set", "name=npm")
    assert (done.returncode, "the answer name is at fault" in done.stdout) == (1, True)


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


def test_the_labels_ask_the_projects_own_git_once_it_has_a_commit(project: Path) -> None:
    said = dockgen("new", "--yes", "--dry-run", "api", cwd=project.parent).stdout
    assert "git describe" not in said and "git rev-parse" not in said
    git(project, "init", "--quiet", "--initial-branch=main")
    said = dockgen("new", "--yes", "--dry-run", "api", cwd=project.parent).stdout
    assert "git describe" not in said and "commit first" in said
    git(project, "add", "go.mod")
    git(project, "commit", "--quiet", "--message=x")
    for pack in (["pack-refs", "--all"], ["checkout", "--quiet", "--detach"]):
        said = dockgen("new", "--yes", "--dry-run", "api", cwd=project.parent).stdout
        assert 'revision=$(git -C api rev-parse HEAD)"' in said
        assert '--build-arg "VERSION=$(git -C api describe --tags --always --dirty)"' in said
        assert "commit first" not in said
        git(project, *pack)
    linked = project.parent / "linked"
    git(project, "worktree", "add", "--quiet", str(linked), "-b", "side/branch")
    shutil.copytree(project / "cmd", linked / "cmd")
    assert 'revision=$(git rev-parse HEAD)"' in dockgen("new", "--yes", "--dry-run", cwd=linked).stdout


def test_a_low_port_is_a_notice_and_a_guessed_one_a_guess(project: Path) -> None:
    done = dockgen("new", "--yes", "--dry-run", project, "--set", "port=80")
    assert done.returncode == 0
    assert "net.ipv4.ip_unprivileged_port_start=80" in done.stdout
    main = project / "cmd" / "api" / "main.go"
    main.write_text(main.read_text().replace(":8080", "").replace("8080", ""))
    done = dockgen("new", "--yes", "--dry-run", project)
    assert re.search(
        r"port +8080  a guess, nothing in the project says it: --set port=… changes it", done.stdout
    )


def test_a_command_beside_the_server_is_hardened_and_pins_stand_once(tmp_path: Path) -> None:
    project = shutil.copytree(GO.parent / "python/django-startproject/project", tmp_path / "site")
    lines = dockgen("new", "--yes", "--dry-run", project).stdout.splitlines()
    migrate = lines[lines.index("Migrate") :]
    migrate = migrate[: migrate.index("")]
    for option in ("--read-only", "--cap-drop ALL", "--security-opt no-new-privileges", "--tmpfs /tmp:"):
        assert any(line.strip().startswith(option) for line in migrate), option
    assert not any("--publish" in line for line in migrate)
    assert sum(line.startswith("  python:") for line in lines) == 1


def test_prismas_client_in_a_folder_of_pnpms_is_told(tmp_path: Path) -> None:
    project = shutil.copytree(GO.parent / "node/workspace-prisma-npm/project/apps/db", tmp_path / "db")
    (project / "pnpm-lock.yaml").write_text('lockfileVersion: "9.0"\n\npackages:\n\n  express@5.1.0:\n')
    told = dockgen("new", "--yes", "--strict", project, "--set", "flavour=slim")
    assert (told.returncode, "Prisma writes its client into a folder of pnpm's" in told.stderr) == (2, True)
    schema = project / "prisma" / "schema.prisma"
    schema.write_text(schema.read_text().replace('client-js"', 'client-js"\n  output = "../src/generated"'))
    assert dockgen("new", "--yes", "--strict", project, "--set", "flavour=slim").returncode == 0


def test_strict_stops_at_what_else_is_a_warning(project: Path) -> None:
    (project / "go.sum").unlink()
    assert dockgen("new", "--yes", "--dry-run", project).returncode == 0
    strict = dockgen("new", "--yes", "--strict", project)
    assert strict.returncode == 2
    assert "--strict: There is no go.sum" in strict.stderr


def test_output_goes_elsewhere_and_the_build_command_knows(project: Path, tmp_path: Path) -> None:
    before, out = files(project), tmp_path / "out" / "deep"
    done = dockgen("new", "--yes", "--output", "../out/deep", ".", "--set", "port=9000", cwd=project)
    assert (done.returncode, files(project)) == (0, before)
    # The name that BuildKit finds beside a Dockerfile outside of the context.
    names = SET - {".dockerignore"} | {"Dockerfile.dockerignore"}
    assert {path.name for path in out.iterdir()} == names
    assert "--file ../out/deep/Dockerfile" in done.stdout
    first = files(out)
    again = dockgen("new", "--yes", "--output", out, project)
    assert (again.returncode, files(out)) == (0, first)


def test_the_project_named_as_output_is_no_other_folder(project: Path) -> None:
    assert dockgen("new", "--yes", "--output", project, ".", cwd=project).returncode == 0
    assert (project / ".dockerignore").exists()


def test_the_build_command_names_the_project(project: Path) -> None:
    lines = dockgen("new", "--yes", "api", cwd=project.parent).stdout.splitlines()
    assert "    api" in lines[lines.index("Build") : lines.index("Run")]


def test_control_characters_never_reach_the_terminal(project: Path) -> None:
    evil = "\x1b]0;owned\x07\x9b2J"
    main = project / "cmd" / "api" / "main.go"
    main.write_text(main.read_text() + f'\n// ListenAndServe(":80{evil}80")\n')
    (project / "go.mod").write_text(f"module git.example.com/a{evil}b\n\ngo 1.26\n")
    for command in (["new", "--yes", "--dry-run"], ["explain"]):
        done = dockgen(*command, project)
        assert not {"\x1b", "\x07", "\x9b"} & set(done.stdout + done.stderr)
        assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_causes_no_noise(project: Path) -> None:
    line = f"'{sys.executable}' -m dockgen new --yes --dry-run '{project}' | head -n 1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("Go · api\n", "")


@pytest.mark.parametrize(
    "words", [["--version"], ["--help"], ["new", "--help"], ["stacks"], ["stacks", "show", "go"]]
)
def test_questions_about_itself_exit_0(words: list[str]) -> None:
    done = dockgen(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines())) <= 140


def test_the_schema_of_answers_is_one_and_takes_what_is_saved(project: Path) -> None:
    import jsonschema
    import yaml

    schema = json.loads(dockgen("stacks", "schema", "go").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    dockgen("new", "--yes", project, "--set", "port=9000", "--set", "environment.A=b")
    jsonschema.validate(yaml.safe_load((project / "dockgen.yaml").read_text())["answers"], schema)


def test_the_module_is_the_command() -> None:
    words = [sys.executable, "-m", "dockgen", "--version"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("dockgen ")
