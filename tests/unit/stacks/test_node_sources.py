"""What a front end's build reads besides code gets into it, and what it does not read stays out."""

import datetime
import shutil
from pathlib import Path

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
    for folder in ("docs/", "tests/", "drafts.d/"):
        assert f"go=rX {folder} " not in text


def test_without_a_build_code_alone_is_copied(tmp_path: Path) -> None:
    text = made(tmp_path, "node/express-npm").files["Dockerfile"]
    assert "content/" not in text
    assert "*.vue" not in text
