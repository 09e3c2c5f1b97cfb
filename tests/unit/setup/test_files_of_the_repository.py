"""What a forge reads at the top of the repository only is written there, as one with the app's own files."""

import datetime
import functools
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from dockgen.cli.main import run
from dockgen.errors import OutputError, RenderError
from dockgen.output.files import write_all
from dockgen.project import git
from dockgen.setup import target
from dockgen.setup.new import Outcome, Request, create

STACKS = Path(__file__).parents[2] / "stacks"
TODAY = datetime.date(2026, 11, 1)
WORKFLOW = ".github/workflows/container-services-api.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy = tmp_path / "mono"
    shutil.copytree(STACKS / "go/workspace-member/project", copy)
    subprocess.run(["git", "init", "-q", str(copy)], check=True)
    return copy


def _new(path: Path, *flags: str, **more: object) -> Outcome:
    return create(Request(path=path, today=TODAY, flags=flags, yes=True, **more))  # type: ignore[arg-type]


def _steps(workflow: Path) -> str:
    return str(yaml.safe_load(workflow.read_text())["jobs"]["build"]["steps"][-1]["run"])


def test_a_members_pipeline_lies_at_the_top_and_builds_from_there(root: Path) -> None:
    outcome = _new(root / "services/api", "ci=github")
    command = _steps(root / WORKFLOW)
    assert "--file services/api/Dockerfile" in command
    assert command.rstrip().endswith(" .")
    assert not (root / "services/api/.github").exists()
    assert not [n for n in outcome.generated.notices if "top of the repository" in n.message]
    lock = yaml.safe_load((root / "services/api/dockgen.lock").read_text())
    assert lock["files"][f"../../{WORKFLOW}"] == (root / WORKFLOW).read_text()


def test_the_action_is_pinned_by_its_commit(root: Path) -> None:
    _new(root / "services/api", "ci=github")
    uses = yaml.safe_load((root / WORKFLOW).read_text())["jobs"]["build"]["steps"][0]["uses"]
    assert len(uses.partition("@")[2]) == 40


def test_an_app_in_a_folder_of_its_own_is_built_from_there(tmp_path: Path) -> None:
    app = Path(shutil.copytree(STACKS / "go/api/project", tmp_path / "mono/backend/go"))
    subprocess.run(["git", "init", "-q", str(tmp_path / "mono")], check=True)
    _new(app, "ci=gitlab", "renovate=dependabot")
    written = (tmp_path / "mono/.gitlab/container-backend-go.yml").read_text()
    assert "git -C backend/go describe" in written
    command = yaml.safe_load(written)["container-backend-go"]["script"][0]
    assert command.rstrip().endswith(" backend/go")
    assert "--file" not in command
    assert "directory: /backend/go\n" in (tmp_path / "mono/.github/dependabot.yml").read_text()


def test_a_workspace_below_the_top_is_built_from_its_root(root: Path) -> None:
    shutil.rmtree(root / ".git")
    subprocess.run(["git", "init", "-q", str(root.parent)], check=True)
    _new(root / "services/api", "ci=github")
    command = _steps(root.parent / ".github/workflows/container-mono-services-api.yml")
    assert "--file mono/services/api/Dockerfile" in command
    assert command.rstrip().endswith(" mono")


def test_an_app_at_the_top_keeps_the_plain_names(tmp_path: Path) -> None:
    app = Path(shutil.copytree(STACKS / "go/api/project", tmp_path / "api"))
    subprocess.run(["git", "init", "-q", str(app)], check=True)
    _new(app, "ci=github", "renovate=renovate")
    assert (app / ".github/workflows/container.yml").exists()
    assert (app / "renovate.json").exists()


def test_two_apps_have_a_pipeline_each_and_share_what_is_the_same(root: Path) -> None:
    _new(root / "services/api", "ci=github", "renovate=renovate")
    _new(root / "services/mail", "ci=github", "renovate=renovate", "role=worker")
    assert {path.name for path in (root / ".github/workflows").iterdir()} == {
        "container-services-api.yml",
        "container-services-mail.yml",
    }


def test_a_second_run_finds_its_own_files(root: Path) -> None:
    _new(root / "services/api", "ci=github")
    again = _new(root / "services/api")
    assert {state.kind for state in again.files} == {"the same"}


def test_what_somebody_wrote_there_is_refused_with_both_ways_out(root: Path) -> None:
    (root / "renovate.json").write_text("{}\n")
    with pytest.raises(OutputError) as error:
        _new(root / "services/api", "renovate=renovate")
    assert "../../renovate.json (foreign)" in error.value.message
    assert "--set renovate=none" in error.value.hint
    assert not (root / "services/api/Dockerfile").exists()


def test_force_keeps_a_backup_of_it(root: Path) -> None:
    (root / "renovate.json").write_text("{}\n")
    outcome = _new(root / "services/api", "renovate=renovate", force=True)
    assert outcome.backups == {"../../renovate.json": "renovate.json.bak1"}
    assert (root / "renovate.json.bak1").read_text() == "{}\n"


def test_every_state_on_the_way_is_mended_by_the_next_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [WORKFLOW, *(f"services/api/{name}" for name in ("Dockerfile", "dockgen.yaml", "dockgen.lock"))]

    def contents(folder: Path) -> list[bytes | None]:
        return [(folder / n).read_bytes() if (folder / n).exists() else None for n in names]

    old, states = contents(root), []

    def checkpoint(_: str) -> None:
        copy = tmp_path / "states" / str(len(states))
        states.append(Path(shutil.copytree(root, copy, ignore=shutil.ignore_patterns("objects"))))

    monkeypatch.setattr(target, "write_all", functools.partial(write_all, checkpoint=checkpoint))
    _new(root / "services/api", "ci=github")
    monkeypatch.undo()
    assert len(states) > 10
    for state in states:
        target.Target.open(state / "services/api")
        assert contents(state) in (old, contents(root))
        assert not (state / ".dockgen.journal").exists()


def test_a_journal_of_another_user_at_the_top_is_left_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / ".dockgen.journal").mkdir()
    (root / ".dockgen.journal/commit").write_text("planted")
    monkeypatch.setattr(git, "is_own", lambda path: path.name != ".dockgen.journal")
    _new(root / "services/api")
    assert (root / ".dockgen.journal/commit").read_text() == "planted"


def test_a_symlink_at_the_top_leads_nowhere_else(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / ".github").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="leads out of"):
        _new(root / "services/api", "ci=github")
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("name", ["${{ github.token }}", "a\n      - run: id", "it's"])
def test_a_folders_name_cannot_become_a_step(tmp_path: Path, name: str) -> None:
    app = Path(shutil.copytree(STACKS / "go/api/project", tmp_path / "mono" / name))
    subprocess.run(["git", "init", "-q", str(tmp_path / "mono")], check=True)
    with pytest.raises(RenderError, match="characters in its name") as error:
        _new(app, "ci=github")
    assert "--set ci=none" in error.value.hint
    assert not (tmp_path / "mono/.github").exists()


def test_written_elsewhere_they_stay_together_and_that_is_told(root: Path) -> None:
    outcome = _new(root / "services/api", "ci=github", output=root / "deploy")
    assert "--file deploy/Dockerfile" in _steps(root / "deploy" / WORKFLOW)
    told = [notice.message for notice in outcome.generated.notices]
    assert any("deploy, but read at the top of the repository only" in message for message in told)


def test_the_command_to_commit_names_the_files_plainly(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    assert run(["new", "services/api", "--yes", "--set", "ci=github"]) == 0
    said = capsys.readouterr().out
    assert f" {WORKFLOW}" in next(line for line in said.splitlines() if "git add" in line)
