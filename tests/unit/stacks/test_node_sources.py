"""What a front end's build reads besides code gets into it, and what it does not read stays out."""

import datetime
import json
import re
import shutil
from pathlib import Path

import pytest

from dockgen.setup.generate import Generated
from dockgen.setup.new import Request, create

CASES = Path(__file__).parents[2] / "stacks"

FILES = {
    "app.vue": "<template><NuxtPage /></template>\n",
    "content/tides.md": "# Tides\n",
    "i18n/locales/nb.json": "{}\n",
    "docs/how.md": "# How\n",
    "tests/data.json": "{}\n",
    "drafts.d/README.md": "# Drafts\n",
    "secrets/prod.json": "{}\n",
    "private/keys.txt": "\n",
    "backups/tides.yaml": "{}\n",
    "store/certs/pins.json": "{}\n",
}


def made(folder: Path, case: str) -> Generated:
    project = folder / "project"
    shutil.copytree(CASES / case / "project", project)
    for name, text in FILES.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    return create(Request(project, datetime.date(2026, 11, 1), yes=True, write=False)).generated


def test_a_build_gets_texts_translations_and_vue_files(tmp_path: Path) -> None:
    text = made(tmp_path, "node/nuxt").files["Dockerfile"]
    build = text.partition(" AS runtime")[0]
    assert " *.vue " in build
    assert "go=rX content/ content/\n" in build
    assert "go=rX i18n/ i18n/\n" in build
    for folder in ("docs/", "tests/", "drafts.d/", "secrets/", "private/", "backups/", "store/"):
        assert f"go=rX {folder} " not in text


def test_without_a_build_code_alone_is_copied(tmp_path: Path) -> None:
    text = made(tmp_path, "node/express-npm").files["Dockerfile"]
    assert "content/" not in text
    assert "*.vue" not in text


def test_what_angular_names_by_its_hash_is_kept_by_browsers_and_never_answered_by_a_page(
    tmp_path: Path,
) -> None:
    text = made(tmp_path, "node/angular-site").files["Dockerfile"]
    lasting = next(line for line in text.splitlines() if "immutable" in line)
    pattern = lasting.split('"')[1].removeprefix("~")
    for name in ("/main-5NJ3C5QX.js", "/media/sail-7ZK2M4QD.woff2", "/styles-5INURTSO.css"):
        assert re.search(pattern, name)
    for name in ("/main.js", "/index.html", "/shop-front.css", "/read-README.md"):
        assert not re.search(pattern, name)
    assert '"-[A-Z0-9]{8}\\.(?:css|js)$" {\n        try_files $uri =404;' in text


NITRO = {
    "by its start script": ("node .output/server/index.mjs", "vite.config.ts", "export default {};\n"),
    "by Vite's plugin": ("vite start", "vite.config.ts", 'import { nitro } from "nitro/vite";\n'),
    "under SolidStart": ("vinxi start", "app.config.ts", "import { it } from '@solidjs/start/config';\n"),
}


@pytest.mark.parametrize("known", NITRO)
def test_what_nitro_builds_is_started_where_it_puts_it(known: str, tmp_path: Path) -> None:
    start, name, text = NITRO[known]
    scripts = {"build": "vite build", "start": start}
    manifest = {"name": "quay", "scripts": scripts, "devDependencies": {"vite": "^7.1.0"}}
    (tmp_path / "package.json").write_text(json.dumps(manifest))
    (tmp_path / name).write_text(text)
    made = create(Request(tmp_path, datetime.date(2026, 11, 1), yes=True, write=False)).generated
    assert made.resolution.answers["framework"].value == "nitro"
    assert 'ENTRYPOINT ["/nodejs/bin/node", ".output/server/index.mjs"]' in made.files["Dockerfile"]
