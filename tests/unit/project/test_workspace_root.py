"""Finding the root that a project is a member of: by declaration, never in folders of others."""

import os
import subprocess
from pathlib import Path

import pytest

from dockgen.errors import ProjectError
from dockgen.project import workspace
from dockgen.project.tree import scan
from dockgen.project.workspace import Root, find_root, is_member, members_of

SOURCES = [
    {"file": "pnpm-workspace.yaml", "yaml": "packages"},
    {"file": "package.json", "json": ["workspaces.packages", "workspaces"]},
]


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def _found(folder: Path) -> Root:
    found = find_root(folder, SOURCES)
    assert found
    return found


def test_a_member_is_found_with_the_place_that_says_so(tmp_path: Path) -> None:
    _write(tmp_path, {"pnpm-workspace.yaml": "packages:\n  - apps/*\n", "apps/api/package.json": "{}"})
    found = _found(tmp_path / "apps/api")
    assert (found.path, found.member, found.patterns) == (tmp_path, "apps/api", ("apps/*",))
    assert str(found.origin) == "../../pnpm-workspace.yaml:1"


def test_the_root_is_written_as_the_user_wrote_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, {"package.json": '{"workspaces": ["apps/*"]}', "apps/api/package.json": "{}"})
    monkeypatch.chdir(tmp_path)
    assert _found(Path("apps/api")).path == Path()
    monkeypatch.chdir(tmp_path / "apps/api")
    assert _found(Path()).path == Path("../..")


def test_a_project_behind_a_symlink_has_the_root_of_its_real_place(tmp_path: Path) -> None:
    _write(tmp_path, {"mono/package.json": '{"workspaces": ["apps/*"]}', "mono/apps/api/package.json": "{}"})
    (tmp_path / "link").symlink_to(tmp_path / "mono/apps/api")
    assert _found(tmp_path / "link").path == tmp_path / "mono"


def test_the_root_itself_has_no_member(tmp_path: Path) -> None:
    _write(tmp_path, {"package.json": '{"workspaces": {"packages": ["apps/*"]}}'})
    assert _found(tmp_path).member == ""


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"package.json": "{}"},
        {"pnpm-workspace.yaml": "onlyBuiltDependencies: [sharp]\n"},
        {"package.json": '{"workspaces": ["packages/*"]}'},
        {"package.json": '{"workspaces": ["apps/*", "!apps/api"]}'},
        {"package.json": '{"workspaces": ["../**"]}'},
        {"package.json": '{"workspaces": 3}'},
    ],
)
def test_no_workspace_counts_it_among_its_members(tmp_path: Path, files: dict[str, str]) -> None:
    _write(tmp_path, {**files, "apps/api/package.json": "{}"})
    assert find_root(tmp_path / "apps/api", SOURCES) is None


def test_nothing_above_the_repository_is_read(tmp_path: Path) -> None:
    _write(tmp_path, {"package.json": '{"workspaces": ["**"]}', "repo/apps/api/package.json": "{}"})
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "repo")], check=True)
    assert find_root(tmp_path / "repo/apps/api", SOURCES) is None


def test_nothing_in_the_home_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, {"package.json": '{"workspaces": ["**"]}', "apps/api/package.json": "{}"})
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_root(tmp_path / "apps/api", SOURCES) is None


def test_a_folder_that_anybody_may_write_to_is_not_trusted(tmp_path: Path) -> None:
    _write(tmp_path, {"package.json": '{"workspaces": ["**"]}', "apps/api/package.json": "{}"})
    tmp_path.chmod(0o1777)
    assert find_root(tmp_path / "apps/api", SOURCES) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_not_trusted(tmp_path: Path) -> None:
    _write(tmp_path, {"package.json": '{"workspaces": ["**"]}', "apps/api/package.json": "{}"})
    os.chown(tmp_path, 12345, 12345)
    assert find_root(tmp_path / "apps/api", SOURCES) is None


def test_only_so_many_folders_are_looked_at(tmp_path: Path) -> None:
    deep = "/".join(["d"] * (workspace.MAX_LEVELS + 1))
    _write(tmp_path, {"package.json": '{"workspaces": ["**"]}', f"{deep}/package.json": "{}"})
    assert find_root(tmp_path / deep, SOURCES) is None
    assert find_root((tmp_path / deep).parent, SOURCES)


def test_a_marker_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, {"elsewhere.json": '{"workspaces": ["**"]}', "repo/apps/api/package.json": "{}"})
    (tmp_path / "repo/package.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(ProjectError) as error:
        find_root(tmp_path / "repo/apps/api", SOURCES)
    assert error.value.message.startswith("../../package.json: the symlink leads out")
    assert "--set context=." in error.value.hint


def test_a_broken_marker_is_named_with_its_line(tmp_path: Path) -> None:
    _write(tmp_path, {"package.json": '{\n"workspaces": [,]\n}', "apps/api/package.json": "{}"})
    with pytest.raises(ProjectError) as error:
        find_root(tmp_path / "apps/api", SOURCES)
    assert error.value.message.startswith("../../package.json:2: not valid JSON")


def test_members_are_the_folders_with_a_manifest_that_patterns_mean(tmp_path: Path) -> None:
    names = ["apps/api", "apps/web", "packages/a/b", "tools/x", "apps/api/node_modules/y"]
    _write(tmp_path, {**{f"{name}/package.json": "{}" for name in names}, "apps/none/README": ""})
    wanted = ("./apps/*/", "packages/**", "!apps/web")
    assert members_of(scan(tmp_path), wanted, "package.json") == ["apps/api", "packages/a/b"]


def test_a_source_may_take_members_out_and_a_root_may_need_its_lock(tmp_path: Path) -> None:
    text = '[tool.uv.workspace]\nmembers = ["apps/*"]\nexclude = ["apps/old"]\n'
    _write(tmp_path, {"pyproject.toml": text, "apps/new/pyproject.toml": "", "apps/old/pyproject.toml": ""})
    declared = [
        {"file": "pyproject.toml", "toml": "tool.uv.workspace.members"},
        {"file": "pyproject.toml", "toml": "tool.uv.workspace.exclude", "excluded": True},
    ]
    assert find_root(tmp_path / "apps/new", declared)
    assert find_root(tmp_path / "apps/old", declared) is None
    assert find_root(tmp_path / "apps/new", declared, "uv.lock") is None
    _write(tmp_path, {"uv.lock": ""})
    assert find_root(tmp_path / "apps/new", declared, "uv.lock")


@pytest.mark.parametrize(
    ("folder", "wanted", "is_one"),
    [
        ("apps/api", ["apps/*"], True),
        ("apps/api", ["./apps/api"], True),
        ("apps/api/deep", ["apps/*"], False),
        ("apps/api/deep", ["apps/**"], True),
        ("apps/api", ["apps/*", "!apps/api"], False),
        ("apps/api", ["!apps/web"], False),
        ("apps/api", [], False),
    ],
)
def test_patterns(folder: str, wanted: list[str], is_one: bool) -> None:
    assert is_member(folder, wanted) is is_one
