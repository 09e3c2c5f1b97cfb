"""What lock files of Node.js's tools say of the packages in them."""

import json
from pathlib import Path

import pytest

from dockgen.errors import CatalogError, ProjectError
from dockgen.project.facts import Origin, read_source
from dockgen.project.tree import scan

NPM = {
    "lockfileVersion": 3,
    "packages": {
        "": {"name": "shop"},
        "node_modules/sharp": {"version": "0.34.1", "hasInstallScript": True},
        "node_modules/send": {"version": "1.2.0"},
        "node_modules/express/node_modules/send": {"version": "0.19.0"},
        "node_modules/@acme/mine": {"resolved": "packages/mine", "link": True},
        "node_modules/fsevents": {"version": "2.3.3", "hasInstallScript": True, "os": ["darwin"]},
        "node_modules/unix-only": {"version": "1.0.0", "os": ["!win32"]},
        "node_modules/esbuild": {"version": "0.25.0", "dev": True, "hasInstallScript": True},
    },
}
PNPM_6 = """lockfileVersion: '6.0'

packages:

  /@scope/pkg@1.2.3:
    resolution: {integrity: sha512-00}
    dev: false

  /bcrypt@5.1.0:
    resolution: {integrity: sha512-00}
    requiresBuild: true
    dev: false

  /cypress@13.0.0(typescript@5.0.0):
    requiresBuild: true
    dev: true

  /fsevents@2.3.3:
    os: [darwin]
    requiresBuild: true
    dev: false
"""
PNPM_9 = """lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      fastify:
        specifier: ^5.0.0
        version: 5.1.0

packages:

  '@fastify/error@4.0.0':
    resolution: {integrity: sha512-00}

  fastify@5.1.0:
    resolution: {integrity: sha512-00}

snapshots:

  other@1.0.0: {}
"""
YARN = """# yarn lockfile v1


"@scope/pkg@^1.0.0", "@scope/pkg@^1.1.0":
  version "1.1.4"
  resolved "https://registry.yarnpkg.com/@scope/pkg/-/pkg-1.1.4.tgz#00"

koa@^3.0.0:
  version "3.0.1"
  dependencies:
    accepts "^1.3.8"
"""


def _read(folder: Path, name: str, text: str, view: str) -> object:
    (folder / name).write_text(text)
    found = read_source(scan(folder), {"file": name, "node_lock": view})
    assert all(origin == Origin(name) for _, origin in found)
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("names", ["send", "sharp", "unix-only"]),
        ("all", ["esbuild", "send", "sharp", "unix-only"]),
        ("scripts", ["sharp"]),
        ("all_scripts", ["esbuild", "sharp"]),
        ("versions", {"send": "1.2.0", "sharp": "0.34.1", "unix-only": "1.0.0"}),
    ],
)
def test_npm(tmp_path: Path, view: str, expected: object) -> None:
    assert _read(tmp_path, "package-lock.json", json.dumps(NPM), view) == expected


def test_npm_of_old(tmp_path: Path) -> None:
    text = json.dumps({"lockfileVersion": 1, "dependencies": {"koa": {"version": "2.0.0"}}})
    assert _read(tmp_path, "package-lock.json", text, "versions") == {"koa": "2.0.0"}


def test_pnpm_tells_development_and_scripts_up_to_lockfile_6(tmp_path: Path) -> None:
    assert _read(tmp_path, "pnpm-lock.yaml", PNPM_6, "names") == ["@scope/pkg", "bcrypt"]
    assert _read(tmp_path, "pnpm-lock.yaml", PNPM_6, "scripts") == ["bcrypt"]
    assert _read(tmp_path, "pnpm-lock.yaml", PNPM_6, "all_scripts") == ["bcrypt", "cypress"]


def test_pnpm_lists_packages_and_neither_importers_nor_snapshots(tmp_path: Path) -> None:
    found = _read(tmp_path, "pnpm-lock.yaml", PNPM_9, "versions")
    assert found == {"@fastify/error": "4.0.0", "fastify": "5.1.0"}


def test_yarn(tmp_path: Path) -> None:
    assert _read(tmp_path, "yarn.lock", YARN, "versions") == {"@scope/pkg": "1.1.4", "koa": "3.0.1"}
    assert _read(tmp_path, "yarn.lock", YARN, "scripts") is None


@pytest.mark.parametrize("text", ["[]", '{"packages": []}', '{"packages": '])
def test_a_malformed_lock_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProjectError, match=r"package-lock\.json"):
        _read(tmp_path, "package-lock.json", text, "names")


def test_entries_that_make_no_sense_are_passed_over(tmp_path: Path) -> None:
    odd = {"packages": {"node_modules/a": None, "node_modules/b": {"version": 7, "os": "linux"}, "c": []}}
    assert _read(tmp_path, "package-lock.json", json.dumps(odd), "versions") == {"b": "7"}


def test_an_unknown_view_is_the_catalog_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="node_lock"):
        _read(tmp_path, "yarn.lock", YARN, "licences")


MEMBERS = {
    "package-lock.json": """{"lockfileVersion": 3, "packages": {
        "": {"workspaces": ["apps/*"]},
        "apps/api": {"dependencies": {"koa": "^3"}},
        "node_modules/api": {"resolved": "apps/api", "link": true},
        "node_modules/koa": {"version": "3.0.0", "dependencies": {"@koa/a": "^1"}},
        "node_modules/@koa/a": {"version": "1.0.0", "peerDependencies": {"koa": "^3"}},
        "node_modules/sharp": {"version": "0.34.0", "hasInstallScript": true}
    }}""",
    "pnpm-lock.yaml": """lockfileVersion: '9.0'

importers:

  apps/api:
    dependencies:
      koa:
        specifier: ^3.0.0
        version: 3.0.0

packages:

  koa@3.0.0:
    resolution: {integrity: sha512-x}

  '@koa/a@1.0.0':
    resolution: {integrity: sha512-x}
    peerDependencies:
      koa: ^3

  sharp@0.34.0:
    resolution: {integrity: sha512-x}

snapshots:

  koa@3.0.0:
    dependencies:
      '@koa/a': 1.0.0(koa@3.0.0)

  '@koa/a@1.0.0(koa@3.0.0)':
    dependencies:
      koa: 3.0.0

  sharp@0.34.0: {}
""",
    "yarn.lock": """# yarn lockfile v1

"@koa/a@^1":
  version "1.0.0"

koa@^3, koa@3.0.0:
  version "3.0.0"
  dependencies:
    "@koa/a" "^1"

sharp@^0:
  version "0.34.0"
  dependencies:
    detect-libc "^2"

detect-libc@^2:
  version "2.0.0"
""",
}


@pytest.mark.parametrize("name", MEMBERS)
def test_what_some_packages_of_a_workspace_need(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(MEMBERS[name])

    def names(*roots: str) -> list[object]:
        source = {"file": name, "node_lock": "all", "needed_by": list(roots)}
        return [value for value, _ in read_source(scan(tmp_path), source)]

    assert names("koa") == [["@koa/a", "koa"]]
    assert names("none") == []
    whole = names()[0]
    assert isinstance(whole, list)
    assert {"@koa/a", "koa", "sharp"} <= set(whole)


BERRY = """__metadata:
  version: 8

"@koa/a@npm:^1":
  version: 1.0.0
  resolution: "@koa/a@npm:1.0.0"

"koa@npm:^3":
  version: 3.0.0
  resolution: "koa@npm:3.0.0"
  dependencies:
    "@koa/a": "npm:^1"
    mime: "npm:^4"
  checksum: 10c0/00

"mime@npm:^4":
  version: 4.0.0
"""


def test_what_some_packages_need_in_a_lock_of_yarn_2(tmp_path: Path) -> None:
    (tmp_path / "yarn.lock").write_text(BERRY)
    source = {"file": "yarn.lock", "node_lock": "all", "needed_by": ["koa"]}
    assert [value for value, _ in read_source(scan(tmp_path), source)] == [["@koa/a", "koa", "mime"]]


BUN = """{
  "lockfileVersion": 1,
  "packages": {
    "koa": ["koa@3.0.0", "", { "dependencies": { "@koa/a": "^1" }, }, "sha512-x"],
    "@koa/a": ["@koa/a@1.0.0", "", {}, "sha512-x"],
    "koa/debug": ["debug@4.4.0", "", { "peerDependencies": { "koa": "^3" } }, "sha512-x"],
    "fsevents": ["fsevents@2.3.3", "", { "os": "darwin" }, "sha512-x"],
    "member": ["member@workspace:packages/member"],
  },
}
"""


def test_bun(tmp_path: Path) -> None:
    versions = {"@koa/a": "1.0.0", "debug": "4.4.0", "koa": "3.0.0"}
    assert _read(tmp_path, "bun.lock", BUN, "versions") == versions


def test_what_some_packages_need_in_bun_s_lock(tmp_path: Path) -> None:
    (tmp_path / "bun.lock").write_text(BUN)
    source = {"file": "bun.lock", "node_lock": "all", "needed_by": ["koa"]}
    assert [value for value, _ in read_source(scan(tmp_path), source)] == [["@koa/a", "koa"]]


def test_a_lock_of_bun_without_packages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="lists no packages"):
        _read(tmp_path, "bun.lock", "{}", "all")
