"""A workspace's member: built from the root with the members that it needs, written in its own folder."""

import datetime
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from dockgen.answers.model import Proposal
from dockgen.catalog.question import Question
from dockgen.cli.main import run
from dockgen.errors import AnswerError, ProjectError
from dockgen.setup.dialogue import Dialogue
from dockgen.setup.new import Outcome, Request, create
from dockgen.setup.survey import survey
from dockgen.setup.workspace import MembersError
from dockgen.verify.target import load_target

CASE = Path(__file__).parents[2] / "stacks/go/workspace-member/project"
TODAY = datetime.date(2026, 11, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy = tmp_path / "mono"
    shutil.copytree(CASE, copy)
    return copy


def _new(path: Path, *flags: str, **more: object) -> Outcome:
    return create(Request(path=path, today=TODAY, flags=flags, yes=True, **more))  # type: ignore[arg-type]


def test_the_context_is_the_root_and_only_needed_members_are_known(root: Path) -> None:
    context = survey(root / "services/api").context
    assert (context.path, context.folder, context.up) == (root, "services/api", "../..")
    assert [member["path"] for member in context.members] == ["lib/greet"]
    assert context.places == ("lib/greet", "services/api", "services/mail")


def test_members_that_others_need_come_first_and_circles_end(root: Path) -> None:
    (root / "lib/base").mkdir()
    for name, other in (("base", "greet"), ("greet", "base")):
        text = f"module example.com/lib/{name}\n\nrequire example.com/lib/{other} v0.0.0\n"
        (root / "lib" / name / "go.mod").write_text(text)
    (root / "go.work").write_text("go 1.26\n\nuse (\n\t./services/api\n\t./lib/greet\n\t./lib/base\n)\n")
    members = survey(root / "services/api").context.members
    assert [member["path"] for member in members] == ["lib/base", "lib/greet"]


def test_files_are_written_beside_the_app_and_the_lock_knows_the_way(root: Path) -> None:
    outcome = _new(root / "services/api")
    assert outcome.folder == root / "services/api"
    names = {path.name for path in outcome.folder.iterdir()}
    assert names >= {"Dockerfile", "Dockerfile.dockerignore", "dockgen.yaml", "dockgen.lock"}
    lock = yaml.safe_load((outcome.folder / "dockgen.lock").read_text())
    assert lock["container"]["context"] == "../.."
    assert not (root / ".dockerignore").exists()


def test_the_printed_command_builds_from_the_root(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    assert run(["new", "services/api", "--yes"]) == 0
    said = capsys.readouterr().out
    assert "--file services/api/Dockerfile" in said
    assert "    .\n" in said
    assert "git add services/api/Dockerfile services/api/Dockerfile.dockerignore" in said
    assert "dockgen verify services/api" in said


def test_ci_builds_from_the_root(root: Path) -> None:
    outcome = _new(root / "services/api", "ci=gitlab")
    written = (outcome.folder / ".gitlab/container.yml").read_text()
    assert "--file services/api/Dockerfile" in written
    told = [notice.message for notice in outcome.generated.notices]
    assert any("at the top of the repository only: .gitlab/container.yml" in message for message in told)


def test_dependabot_looks_into_the_apps_folder(root: Path) -> None:
    outcome = _new(root / "services/api", "renovate=dependabot")
    assert "directory: /services/api\n" in (outcome.folder / ".github/dependabot.yml").read_text()


def test_a_root_that_is_no_app_names_its_members(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", str(root), "--yes"]) == 2
    said = capsys.readouterr().err
    assert "lib/greet, services/api, services/mail" in said
    assert f"dockgen new {root}/lib/greet" in said
    assert not (root / "Dockerfile").exists()


def test_a_member_is_chosen_at_the_prompt(root: Path) -> None:
    asked: list[Sequence[tuple[str, str]]] = []

    def choose(_: str, options: Sequence[tuple[str, str]]) -> str:
        asked.append(options)
        return "services/api" if len(asked) == 1 else "write"

    def ask(_: Question, proposal: Proposal) -> Any:
        return proposal.value

    outcome = create(Request(path=root, today=TODAY), Dialogue(ask, choose))
    assert [name for name, _ in asked[0]] == ["lib/greet", "services/api", "services/mail"]
    assert outcome.folder == root / "services/api"


def test_a_root_is_the_app_where_the_user_says_so(root: Path) -> None:
    with pytest.raises(MembersError):
        survey(root)
    assert survey(root, context=".").context.folder == ""


def _node_root(folder: Path, build: str, tool: str) -> Path:
    manifest = {
        "name": "shop",
        "private": True,
        "workspaces": ["proxy"],
        "scripts": {"build": build},
        "devDependencies": {tool: "^4.0.0"},
    }
    (folder / "proxy").mkdir()
    (folder / "package.json").write_text(json.dumps(manifest))
    (folder / "proxy" / "package.json").write_text('{"name": "proxy", "scripts": {"start": "node a.js"}}')
    return folder


def test_a_root_that_a_framework_builds_is_the_app(tmp_path: Path) -> None:
    outcome = _new(_node_root(tmp_path, "nuxt build", "nuxt"))
    assert outcome.generated.resolution.answers["framework"].value == "nuxt"


def test_the_way_out_that_is_named_at_a_root_is_one(tmp_path: Path) -> None:
    root = _node_root(tmp_path, "turbo run build", "vite")
    with pytest.raises(MembersError, match="its members are proxy"):
        _new(root)
    assert _new(root, "context=.").written
    again = _new(root)
    assert again.generated.resolution.answers["context"].value == ".", "it is kept"


def test_no_is_an_answer_and_is_kept(root: Path) -> None:
    # Without the workspace the library is nowhere; the files are what counts here.
    outcome = _new(root / "services/api", "context=.")
    assert outcome.generated.survey.context.path == root / "services/api"
    assert (outcome.folder / ".dockerignore").exists()
    assert yaml.safe_load((outcome.folder / "dockgen.yaml").read_text())["answers"] == {"context": "."}
    again = _new(root / "services/api")
    assert again.generated.survey.context.folder == ""


def test_another_context_is_refused_with_those_that_there_are(root: Path) -> None:
    with pytest.raises(AnswerError) as error:
        _new(root / "services/api", "context=../../..")
    assert error.value.hint == "choose one of: ../.., ."


def test_a_name_that_an_instruction_cannot_hold_is_refused(root: Path) -> None:
    (root / "services/api").rename(root / "services/the $api")
    (root / "go.work").write_text('go 1.26\n\nuse "./services/the $api"\nuse ./services/*\n')
    with pytest.raises(ProjectError) as error:
        survey(root / "services/the $api", "go")
    assert "rename it" in error.value.hint


def test_explain_shows_the_workspace(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", str(root / "services/api")]) == 0
    said = capsys.readouterr().out
    assert "Build context ../..: the workspace's root  (../../go.work:4)" in said
    assert "  needs lib/greet" in said


def test_verify_builds_from_the_root(root: Path) -> None:
    folder = _new(root / "services/api").folder
    target = load_target(folder)
    assert (target.context, target.path) == (root, folder / "Dockerfile")
    assert target.contract.port == 8080


@pytest.mark.parametrize("way", ["../../..", "/etc", "../x", "."])
def test_verify_leaves_no_repository(root: Path, way: str) -> None:
    folder = _new(root / "services/api").folder
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    lock = folder / "dockgen.lock"
    lock.write_text(lock.read_text().replace('context: "../.."', f'context: "{way}"'))
    with pytest.raises(ProjectError):
        load_target(folder)


def test_lint_sees_the_context_of_a_member(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    folder = _new(root / "services/api").folder
    assert run(["lint", "--no-cache", "--format", "json", str(folder / "Dockerfile")]) == 0
    assert "CopyIgnoredFile" not in capsys.readouterr().out


def test_files_named_like_secrets_are_asked_about_where_the_build_takes_them(root: Path) -> None:
    for place in (".", "services/api", "lib/greet", "services/mail"):
        (root / place / ".npmrc").write_text("fund=false\n")
    shareable = survey(root / "services/api").project["shareable"]
    assert list(shareable) == [".npmrc", "lib/greet/.npmrc", "services/api/.npmrc"]
    kept = _new(root / "services/api", "keep=services/api/.npmrc").generated
    assert "\n!services/api/.npmrc\n" in kept.files["Dockerfile.dockerignore"]


def test_packages_of_other_members_are_not_the_apps() -> None:
    case = CASE.parents[2] / "node/workspace-pnpm/project"
    locked = survey(case / "apps/api").facts["locked"].value
    assert isinstance(locked, list)
    assert {"fastify", "ms"} <= set(locked)
    assert "koa" not in locked


def test_files_that_are_written_below_the_context_know_the_way_up(tmp_path: Path) -> None:
    project = tmp_path / "shop"
    shutil.copytree(CASE.parents[1] / "two-programs/project", project)
    folder = _new(project, "main=cmd/worker", output=project / "cmd/worker").folder
    assert load_target(folder).context == project
    # Only these may change, and what the build takes stays the same.
    ignored = (folder / "Dockerfile.dockerignore").read_text().splitlines()
    assert {"**/Dockerfile*", "**/dockgen.lock", "**/dockgen.yaml"} <= set(ignored)


def test_files_that_are_written_elsewhere_know_no_way(root: Path, tmp_path: Path) -> None:
    folder = _new(root / "services/api", output=tmp_path / "out").folder
    assert "context" not in yaml.safe_load((folder / "dockgen.lock").read_text())["container"]
