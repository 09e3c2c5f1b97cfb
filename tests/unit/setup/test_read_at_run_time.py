"""Files at the root that a program reads or embeds get into the image, and no others."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from dockgen.answers.model import Given
from dockgen.setup.generate import Generated, generate, settle
from dockgen.setup.survey import survey

TODAY = datetime.date(2026, 11, 1)
GO_FILES = {
    "go.mod": "module example.com/k\n\ngo 1.26\n",
    "main.go": "package main\n\n//go:embed VERSION *.txt\nvar files embed.FS\n\nfunc main() {}\n",
}
PYTHON_FILES = {
    "requirements.txt": "flask==3.1.2\n",
    "app.py": "from flask import Flask\napp = Flask(__name__)\n",
}
BESIDE = {"VERSION": "1\n", "words.txt": "a\n", "config.yaml": "a: b\n", ".env.production": "LEVEL=info\n"}


def made(folder: Path, files: dict[str, str], **answers: Any) -> Generated:
    for name, text in {**files, **BESIDE, "conf/a.yaml": "a: b\n"}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    surveyed = survey(folder)
    result = generate(surveyed, settle(surveyed, Given((("--set", answers),))), TODAY)
    assert [finding.message for finding in result.findings] == []
    return result


def copies(result: Generated) -> list[str]:
    lines = result.files["Dockerfile"].splitlines()
    return [line.partition("go=rX ")[2] for line in lines if line.startswith("COPY --chmod")]


def test_go_embeds_single_files_and_reads_others(tmp_path: Path) -> None:
    result = made(tmp_path, GO_FILES, keep=[".env.production"], include=["config.yaml", "conf"])
    found = copies(result)
    assert "VERSION words.txt .env.production ./" in found
    assert found[-2:] == ["config.yaml /config.yaml", "conf/ /conf/"]
    allowed = result.files[".dockerignore"].splitlines()
    assert {"!VERSION", "!words.txt", "!config.yaml", "!conf", "!.env.production"} <= set(allowed)
    assert allowed[-1] == "!.env.production"


def test_go_takes_nothing_that_nobody_asked_for(tmp_path: Path) -> None:
    files = {**GO_FILES, "main.go": "package main\n\nfunc main() {}\n"}
    assert copies(made(tmp_path, files)) == ["go.mod ./", "*.go ./"]


def test_go_finds_what_the_code_opens(tmp_path: Path) -> None:
    code = """package main

func main() {
	t := template.Must(template.ParseGlob("conf/*.yaml"))
	r.Static("/static", "./missing")
	data, _ := os.ReadFile("config.yaml")
	os.Open(name)
}
"""
    result = made(tmp_path, {**GO_FILES, "main.go": code})
    assert copies(result)[-2:] == ["conf/ /conf/", "config.yaml /config.yaml"]
    assert str(result.resolution.answers["include"].origin) == "main.go:4, main.go:6"


def test_python_reads_single_files_whatever_their_names(tmp_path: Path) -> None:
    found = copies(made(tmp_path, PYTHON_FILES, keep=[".env.production"], include=["VERSION", "conf"]))
    assert found[-3:] == ["VERSION ./", "conf/ conf/", ".env.production ./"]
