"""Which apps of a repository `--each` finds, and what it takes for no app."""

import datetime
import json
import shutil
from pathlib import Path

import pytest

from dockgen.setup.apps import Found, find
from dockgen.setup.new import Request
from unit.setup.repository import APPS, make

CASES = Path(__file__).parents[2] / "stacks"
START = {"name": "a", "scripts": {"start": "node i.js"}}
MAIN = "package main\n\nfunc main() {}\n"


def found(root: Path) -> Found:
    return find(Request(root, datetime.date(2026, 11, 1), yes=True))


def paths(root: Path, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return [app.path for app in found(root).apps]


def test_members_folders_and_programs_are_found(tmp_path: Path) -> None:
    these = found(make(tmp_path))
    assert tuple(app.path for app in these.certain) == APPS
    assert [app.title for app in these.apps] == ["Node.js", "Python", "Go", "Go"]
    assert these.apps[2].says == "go.mod declares a Go module; main cmd/api"
    assert these.apps[2].command.endswith("services/shop/cmd/api --set main=cmd/api")
    assert (these.open, these.libraries, these.aside) == ((), ("packages/greet",), ("examples",))


@pytest.mark.parametrize(
    ("case", "wanted"),
    [
        ("node/workspace-turbo", ["apps/kiosk"]),
        ("node/nx-api", ["."]),
        ("node/vite-react", ["."]),
        ("go/workspace-member", ["services/api", "services/mail"]),
        ("python/uv-workspace", ["apps/api"]),
        ("python/django-vite-frontend", ["."]),
        ("java/gradle-modules", ["services/geo", "services/mail"]),
        ("dotnet/shop-solution", ["src/Shop.Import", "src/Shop.Web"]),
        ("rust/several-programs", ["."]),
    ],
)
def test_projects_of_one_stack(case: str, wanted: list[str]) -> None:
    assert [app.path for app in found(CASES / case / "project").certain] == wanted


def test_a_front_end_that_an_app_serves_is_none_itself(tmp_path: Path) -> None:
    shutil.copytree(CASES / "python/django-vite-frontend/project", tmp_path / "shop")
    assert [app.path for app in found(tmp_path).apps] == ["shop"]


def test_tools_of_another_language_at_the_top_are_no_app(tmp_path: Path) -> None:
    make(tmp_path)
    assert tuple(paths(tmp_path, {"pyproject.toml": "[tool.ruff]\nline-length = 99\n"})) == APPS


def test_a_module_of_a_build_is_a_part_of_it(tmp_path: Path) -> None:
    files = {
        "composer.json": "{}",
        "public/index.php": "<?php\n",
        "packages/mail/composer.json": "{}",
        "jobs/package.json": json.dumps(START),
        "jobs/i.js": "setInterval(() => {}, 9)\n",
    }
    assert paths(tmp_path, files) == [".", "jobs"]


def test_programs_of_one_package_have_folders_of_their_own(tmp_path: Path) -> None:
    files = {"Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\nedition = "2024"\n'}
    files |= {f"src/bin/{name}.rs": "fn main() {}\n" for name in ("api", "worker")}
    assert paths(tmp_path, files) == ["docker/api", "docker/worker"]


def test_a_program_that_is_named_is_the_only_one(tmp_path: Path) -> None:
    files = {"go.mod": "module a\n\ngo 1.26\n", "cmd/a/main.go": MAIN, "cmd/b/main.go": MAIN}
    files["dockgen.yaml"] = "version: 1\nstack: go\nanswers: {main: cmd/b}\n"
    assert paths(tmp_path, files) == ["."]


def test_apps_of_the_same_name_are_called_after_their_folders(tmp_path: Path) -> None:
    files = {f"{place}/api/go.mod": "module example.com/api\n\ngo 1.26\n" for place in ("a", "b")}
    files |= {f"{place}/api/main.go": MAIN for place in ("a", "b")}
    paths(tmp_path, files)
    assert [app.name for app in found(tmp_path).apps] == ["a-api", "b-api"]


def test_folders_beyond_the_limit_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dockgen.setup.claims.MAX_CLAIMS", 2)
    make(tmp_path)
    assert found(tmp_path).more == 3


def test_a_folder_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    outside = make(tmp_path / "outside")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link").symlink_to(outside / "services/shop")
    assert found(inside).apps == ()


def test_a_member_that_nothing_starts_is_a_library_whatever_it_exports(tmp_path: Path) -> None:
    files = {
        "package.json": '{"name": "market", "private": true, "workspaces": ["packages/*"]}',
        "packages/ui/package.json": '{"name": "@market/ui", "exports": {".": "./src/index.ts"}}',
        "packages/ui/src/index.ts": "export const label = 1;\n",
        "packages/phone/package.json": '{"name": "phone", "main": "expo-router/entry"}',
        "packages/post/package.json": '{"name": "post", "main": "index.js", "dependencies": {"bullmq": "5"}}',
        "packages/post/index.js": "import { Worker } from 'bullmq';\n",
        "packages/web/package.json": json.dumps(START),
        "packages/web/i.js": "require('http').createServer().listen(3000);\n",
    }
    assert paths(tmp_path, files) == ["packages/post", "packages/web"]
