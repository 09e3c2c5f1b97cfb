"""Tracked files of a secret's name: let in where they hold none, one by one, and no secret with them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from dockgen.cli.main import run
from dockgen.dockerfile.ignore import IgnoreFile
from dockgen.project.tree import scan
from dockgen.setup.shareable import shareable_files

GO = Path(__file__).parents[2] / "stacks" / "go" / "api" / "project"
HARMLESS = {
    ".npmrc": "legacy-peer-deps=true\n",
    ".yarnrc": 'registry "https://registry.yarnpkg.com"\n',
    "cmd/.env.defaults": "LEVEL=info\n",
    "cmd/pip.conf": "[global]\ntimeout = 30\n",
    "cmd/nuget.config": '<add key="a" value="https://api.nuget.org/v3/index.json" />\n',
    "cmd/settings.xml": "<settings><mirrors/></settings>\n",
    "certificates/ca.pem": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
}
SECRET = {
    "cmd/prod.env": "DB_PASSWORD=hunter2\n",
    "cmd/.netrc": "",
    "cmd/id_rsa.pub": "ssh-ed25519 AAAA\n",
    "cmd/a*.env": "LEVEL=info\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(GO, tmp_path / "api"))
    for name, text in {**HARMLESS, **SECRET, ".env.example": "A=\n"}.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    return root


def track(project: Path) -> None:
    git = ["git", "-C", str(project), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *words], check=True)


def new(capsys: pytest.CaptureFixture[str], project: Path, *words: str) -> tuple[int, str, str]:
    code = run(["new", "--yes", *words, str(project)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_every_file_is_judged_by_its_content(project: Path) -> None:
    track(project)
    found = shareable_files(project, scan(project))
    assert found.files.keys() == HARMLESS.keys()
    assert found.files["cmd/pip.conf"] == "tracked by git, 2 lines without a secret"
    assert found.secret.keys() == SECRET.keys()
    assert found.secret["cmd/prod.env"] == "line 1 gives DB_PASSWORD a value"


def test_what_git_does_not_track_is_of_this_machine(project: Path) -> None:
    track(project)
    (project / "cmd" / ".env.local").write_text("LEVEL=debug\n")
    found = shareable_files(project, scan(project))
    assert "git does not track it" in found.withheld["cmd/.env.local"]
    assert "cmd/.env.local" not in found.secret
    assert "cmd/.env.local" not in found.files


def test_a_symlink_out_of_the_project_is_not_followed(project: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("LEVEL=info\n")
    (project / "cmd" / ".env.shared").symlink_to(tmp_path / "outside")
    found = shareable_files(project, scan(project))
    assert "cmd/.env.shared" not in found.files


def test_exactly_the_chosen_go_in(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = new(capsys, project, "--set", "keep=cmd/.env.defaults,certificates/ca.pem")
    assert code == 0
    ignore = IgnoreFile.parse((project / ".dockerignore").read_text())
    wanted = {"cmd/.env.defaults", "certificates/ca.pem"}
    assert {path for path in (*HARMLESS, *SECRET) if not ignore.excludes(path)} == wanted
    for secret in (".env", "cmd/.env", "cmd/.env.local", "cmd/deep/.env.defaults", "certificates/tls.pem"):
        assert ignore.excludes(secret), secret
    saved = yaml.safe_load((project / "dockgen.yaml").read_text())
    assert saved["answers"]["keep"] == ["cmd/.env.defaults", "certificates/ca.pem"]


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        ("cmd/prod.env", "answer keep: cmd/prod.env stays out: line 1 gives DB_PASSWORD a value"),
        ("cmd/.netrc", "no other purpose than to hold secrets"),
        ("cmd/a*.env", "characters that an ignore file does not take literally"),
        ("**", "'**' is not one of them"),
        ("cmd", "'cmd' is not one of them"),
        ("go.mod", "'go.mod' is not one of them"),
        (".npmrc,cmd/prod.env", "cmd/prod.env stays out"),
    ],
)
def test_a_secret_is_never_let_in(
    project: Path, capsys: pytest.CaptureFixture[str], keep: str, said: str
) -> None:
    code, out, error = new(capsys, project, "--set", f"keep={keep}")
    assert (code, out) == (2, "")
    assert said in error
    assert not (project / "Dockerfile").exists()


def test_a_file_that_got_a_secret_since_is_refused_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(capsys, project, "--set", "keep=cmd/.env.defaults")[0] == 0
    (project / "cmd" / ".env.defaults").write_text("LEVEL=info\nAPI_TOKEN=abc\n")
    code, _, error = new(capsys, project)
    assert code == 2
    assert "dockgen.yaml:5: answer keep: cmd/.env.defaults stays out: line 2 gives API_TOKEN" in error


def test_what_only_its_name_keeps_out_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = new(capsys, project, "--dry-run")
    assert code == 0
    told = "cmd/.env.defaults,cmd/nuget.config,cmd/pip.conf,cmd/settings.xml"
    assert f"--set keep={told} lets them in" in out
    assert "cmd/prod.env stays out of the build: line 1 gives DB_PASSWORD a value." in out
    # Outside of the folders that the build takes, nothing is missed.
    assert "ca.pem" not in out


def test_without_terminal_the_files_are_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "--json", str(project), "--set", "flavour=static"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert "named like secrets, does the build need?" in error["hint"]
    assert "--set keep= " in error["hint"] + " "


def test_the_certificate_of_an_authority_goes_in_though_keys_stay_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(capsys, project, "--set", "ca_certificate=certificates/ca.pem")[0] == 0
    ignore = IgnoreFile.parse((project / ".dockerignore").read_text())
    assert not ignore.excludes("certificates/ca.pem")
    (project / "certificates" / "ca.pem").write_text("-----BEGIN PRIVATE KEY-----\nMII\n")
    code, _, error = new(capsys, project)
    assert code == 2
    assert "answer ca_certificate: certificates/ca.pem stays out: line 1 holds a secret: private key" in error
