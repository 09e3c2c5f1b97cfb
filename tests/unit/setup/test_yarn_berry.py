"""Yarn 2 and later: patches, committed packages and scripts find what they need in the build."""

import datetime
import json
from pathlib import Path

from dockgen.setup.generate import Generated
from dockgen.setup.new import Request, create

LOCK = '__metadata:\n  version: 8\n\n"ms@npm:^2":\n  version: 2.1.3\n  resolution: "ms@npm:2.1.3"\n'


def _made(folder: Path, files: dict[str, str]) -> Generated:
    manifest = {
        "name": "flag",
        "packageManager": "yarn@4.18.1",
        "scripts": {"build": "node build.js", "start": "node dist/main.js"},
        "dependencies": {"ms": "^2"},
    }
    whole = {
        "package.json": json.dumps(manifest),
        "yarn.lock": LOCK,
        "build.js": "",
        "src/main.js": "",
        **files,
    }
    for name, text in whole.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    made = create(Request(folder, datetime.date(2026, 11, 1), yes=True, write=False)).generated
    assert made.findings == ()
    return made


def test_patches_are_there_when_packages_are_installed(tmp_path: Path) -> None:
    made = _made(tmp_path, {".yarn/patches/ms-npm-2.1.3.patch": "--- a\n"})
    assert "--mount=type=bind,source=.yarn/patches,target=.yarn/patches" in made.files["Dockerfile"]


def test_a_script_finds_the_lock_while_it_runs(tmp_path: Path) -> None:
    text = _made(tmp_path, {}).files["Dockerfile"]
    step = text[text.rindex("RUN --network=none") : text.index("yarn run build")]
    assert "source=yarn.lock,target=/app/yarn.lock" in step


def test_committed_packages_are_installed_from(tmp_path: Path) -> None:
    ignored = ".yarn/*\n!.yarn/cache\n!.yarn/patches\n"
    text = _made(tmp_path, {".yarn/cache/ms.zip": "", ".gitignore": ignored}).files["Dockerfile"]
    assert "source=.yarn/cache,target=.yarn/cache,rw" in text
    assert "YARN_ENABLE_GLOBAL_CACHE=0" in text


def test_a_cache_that_is_not_committed_is_none(tmp_path: Path) -> None:
    text = _made(tmp_path, {".yarn/cache/ms.zip": "", ".gitignore": ".yarn/*\n"}).files["Dockerfile"]
    assert ".yarn/cache" not in text


def test_what_plug_n_play_left_behind_stays_out(tmp_path: Path) -> None:
    made = _made(tmp_path, {".pnp.cjs": "", ".yarnrc.yml": "nodeLinker: pnp\n"})
    assert "*.cjs" not in made.files["Dockerfile"]
    assert ".yarnrc.yml" not in made.files["Dockerfile"]
    assert "\n.pnp.*\n" in made.files[".dockerignore"]
