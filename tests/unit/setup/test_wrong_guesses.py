"""What was guessed wrong on public projects once, each as small as it can be."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from dockgen.answers.model import Given
from dockgen.setup.generate import settle
from dockgen.setup.new import Request, create
from dockgen.setup.survey import survey

GO = {"go.mod": "module example.com/a\n\ngo 1.26\n", "cmd/a/main.go": "package main\n\nfunc main() {}\n"}
SERVER = 'package main\n\nimport "C"\n\nfunc main() { http.ListenAndServe(":9999", nil) }\n'
FACTORY = "from app import create_app\n\napp = create_app()\n"
NX = {
    "package.json": '{"name": "a", "scripts": {"build": "nx build"}, "dependencies": {"express": "5"}}',
    "nx.json": "{}",
    "apps/web/project.json": '{"targets": {"serve": {"executor": "@nx/vite:dev-server"}}}',
    "apps/api/src/main.ts": "express().listen(process.env.PORT)\n",
}
NX_API = json.dumps(
    {
        "name": "api",
        "targets": {"build": {"options": {"target": "node"}}, "serve": {"executor": "@nx/js:node"}},
    }
)
# The files, what must be found, and what is answered.
GUESSES: dict[
    str, tuple[dict[str, str], dict[str, Any]] | tuple[dict[str, str], dict[str, Any], dict[str, Any]]
] = {
    "a Go example is a server, the program is none": (
        {**GO, "example/basic/main.go": SERVER},
        {"main": "cmd/a", "role": "worker", "cgo": False},
    ),
    "a Flask factory is called at the top and by the tasks": (
        {
            "requirements.txt": "flask==3.1.2\n",
            "app/__init__.py": "def create_app():\n    return Flask(__name__)\n",
            "app/tasks.py": FACTORY,
            "microblog.py": FACTORY,
        },
        {"module": "microblog:app"},
    ),
    "start calls another script": (
        {
            "package.json": json.dumps(
                {
                    "name": "a",
                    "scripts": {"start": "npm run start-server", "start-server": "node server/server.js"},
                    "dependencies": {"express": "4"},
                }
            ),
            "server/server.js": 'require("express")().listen(process.env.PORT)\n',
            "src/main.js": "",
        },
        {"entry": "server/server.js"},
    ),
    "a port of a test deep inside": (
        {
            "package.json": '{"name": "a", "main": "index.js", "dependencies": {"express": "4"}}',
            "index.js": 'require("express")().listen(process.env.PORT)\n',
            "extensions/nginx/test/spec.js": "const port = 2368;\n",
            "lib/a.spec.js": "const port = 2369;\n",
        },
        {"port": 3000},
    ),
    "a command's own socket is no server": (
        {
            "package.json": json.dumps(
                {"name": "a", "main": "lib/index.js", "bin": {"a": "./bin/a"}, "scripts": {"test": "vitest"}}
            ),
            "lib/index.js": "const server = net.createServer();\nserver.listen(1212);\n",
            "bin/a": "#!/usr/bin/env node\n",
        },
        {"framework": "tool", "entry": "bin/a", "port": None},
    ),
    "a command that is one text": (
        {"package.json": '{"name": "a",\n "bin": "./cli.mjs"}', "cli.mjs": "", "index.js": ""},
        {"framework": "tool", "entry": "cli.mjs"},
    ),
    "a command that serves, and is no tool": (
        {
            "package.json": '{"name": "a", "bin": "./cli.js"}',
            "cli.js": "http.createServer(answer).listen(4873)\n",
        },
        {"framework": "server", "entry": "cli.js", "port": 4873},
    ),
    "ten is the base of a number": (
        {
            "package.json": '{"name": "a", "main": "index.js", "dependencies": {"express": "4"}}',
            "index.js": "const port = parseInt(process.env.PORT, 10);\nexpress().listen(port)\n",
        },
        {"port": 3000},
    ),
    "an application of Nx": (
        {**NX, "apps/api/project.json": NX_API},
        {"nx": "apps/api", "entry": "dist/apps/api/main.js", "build_script": "", "output": ["dist"]},
    ),
    "an application of Nx that says where its build writes": (
        {
            **NX,
            "services/api/project.json": NX_API.replace(
                '"options": {', '"options": {"outputPath": "out/services/api", '
            ),
        },
        {"nx": "services/api", "entry": "out/services/api/main.js", "output": ["out"]},
    ),
    "the one application of an Nx repository": (
        {**NX, "project.json": NX_API.replace('"options": {', '"options": {"outputPath": "dist/api", ')},
        {"nx": ".", "entry": "dist/api/main.js", "build_script": ""},
    ),
    "the one application of an Nx repository writes by its name": (
        {**NX, "project.json": NX_API},
        {"nx": ".", "entry": "dist/api/main.js"},
    ),
    "a file of src/bin is the program that the manifest calls it": (
        {
            "Cargo.toml": '[package]\nname = "a"\nversion = "1.0.0"\nedition = "2024"\n\n'
            '[[bin]]\nname = "a-server"\npath = "src/bin/server.rs"\n',
            "src/bin/server.rs": "fn main() {}\n",
        },
        {"program": "a-server"},
    ),
    "several applications of Nx": (
        {**NX, "apps/api/project.json": NX_API, "apps/jobs/project.json": NX_API.replace("api", "jobs")},
        {"nx": None},
    ),
    "the port of a proxy is not the server's": (
        {
            "package.json": '{"name": "a", "main": "index.js", "dependencies": {"express": "4"}}',
            "aaa.js": 'const port = proxy.PORT || "80";\n',
            "index.js": "express().listen(Number.parseInt(process.env.SERVER_PORT) || 8085)\n",
        },
        {"port": 8085},
    ),
    "a launcher at the top starts the server below": (
        {
            "requirements.txt": "tornado==6.5.0\n",
            "launcher.py": "from src import main\n\nmain.main()\n",
            "src/server.py": "def serve(app):\n    app.listen(5000)\n",
        },
        {"framework": "tornado", "file": "launcher.py"},
    ),
    "a badge is no description": (
        {
            "package.json": '{"name": "a", "main": "index.js", "description": "[![Build](https://ci/a.svg)](ci)"}',
            "index.js": "",
        },
        {"description": ""},
    ),
    "another program of the module listens": (
        {**GO, "cmd/a/main.go": SERVER, "cmd/b/main.go": "package main\n\nfunc main() {}\n"},
        {"role": "worker", "port": None},
        {"main": "cmd/b"},
    ),
    "another program of the module listens elsewhere": (
        {**GO, "cmd/a/main.go": SERVER, "cmd/b/main.go": SERVER.replace("9999", "9998")},
        {"role": "server", "port": 9998},
        {"main": "cmd/b"},
    ),
    "what is exported has no port": (
        {
            **GO,
            "cmd/a/main.go": "package main\n\nconst ERROR_EXPORT_FAIL = 10009\n\n"
            "var transportTime = 3000\n\nfunc main() { http.ListenAndServe(setting, nil) }\n",
        },
        {"port": 8080},
    ),
    "a port of a SOCKS proxy": (
        {
            **GO,
            "cmd/a/main.go": "package main\n\nfunc main() { http.ListenAndServe(os.Args[1], nil) }\n",
            "proxy/proxy.go": 'package proxy\n\nfunc a() { port = "1080" }\n',
        },
        {"port": 8080},
    ),
    "FastAPI made by a function of any name": (
        {
            "requirements.txt": "fastapi==0.121.0\nuvicorn==0.38.0\n",
            "app/main.py": "def get_application():\n    return FastAPI()\n\n\napp = get_application()\n",
        },
        {"framework": "fastapi", "module": "app.main:app"},
    ),
}


@pytest.mark.parametrize("name", GUESSES)
def test_a_guess_that_was_wrong(tmp_path: Path, name: str) -> None:
    files, wanted, *given = GUESSES[name]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    answers = settle(survey(tmp_path), Given((("--set", given[0] if given else {}),))).answers
    found = {name: answer.value for name, answer in answers.items()}
    assert {key: found.get(key) for key in wanted} == wanted


def test_a_front_end_is_installed_from_buns_binary_lock(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "requirements.txt").write_text("fastapi==0.121.0\nuvicorn==0.38.0\n")
    (tmp_path / "main.py").write_text('app = FastAPI()\napp.mount("/", StaticFiles(directory="web/dist"))\n')
    (tmp_path / "web" / "package.json").write_text('{"name": "a", "scripts": {"build": "vite build"}}')
    (tmp_path / "web" / "bun.lockb").write_bytes(b"#!/usr/bin/env bun\nbun-lockfile-format-v0\n\x00\x01")
    request = Request(path=tmp_path, today=datetime.date(2026, 11, 1), yes=True, write=False)
    text = create(request).generated.files["Dockerfile"]
    assert "source=web/bun.lockb,target=bun.lockb" in text
    assert "bun install --frozen-lockfile --ignore-scripts" in text


def test_a_port_is_said_to_stand_where_it_was_found(tmp_path: Path) -> None:
    for name, port in (("a", "9999"), ("b", "9998")):
        (tmp_path / "cmd" / name).mkdir(parents=True)
        (tmp_path / "cmd" / name / "main.go").write_text(SERVER.replace("9999", port))
    (tmp_path / "go.mod").write_text("module example.com/a\n\ngo 1.26\n")
    answers = settle(survey(tmp_path), Given((("--set", {"main": "cmd/b"}),))).answers
    assert (answers["port"].value, answers["port"].origin) == (9998, "cmd/b/main.go:5")


@pytest.mark.parametrize(
    ("nvmrc", "told"),
    [
        ("24", "Node.js 22 was taken (package.json:5), but not all files ask for it: .nvmrc:1 for 24."),
        ("22", ""),
    ],
)
def test_files_that_ask_for_different_versions_are_told(tmp_path: Path, nvmrc: str, told: str) -> None:
    package = {"name": "a", "main": "i.js", "volta": {"node": "22.1.0"}, "dependencies": {"express": "5"}}
    (tmp_path / "package.json").write_text(json.dumps(package, indent=0))
    (tmp_path / "i.js").write_text("require('express')().listen(3000)\n")
    (tmp_path / ".nvmrc").write_text(nvmrc + "\n")
    outcome = create(Request(path=tmp_path, today=datetime.date(2026, 11, 1), yes=True, write=False))
    said = [notice.message for notice in outcome.generated.notices if "was taken" in notice.message]
    assert said == ([told] if told else [])


def test_a_folder_of_several_is_cited_itself(tmp_path: Path) -> None:
    for name in ("aaa/x.txt", "templates/page.html", "app.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    (tmp_path / "requirements.txt").write_text("flask==3.1.0\n")
    include = settle(survey(tmp_path), Given()).answers["include"]
    assert (include.value, include.origin) == (["templates"], "templates")


@pytest.mark.parametrize(("pattern", "told"), [("'**'", False), ("'.'", False), ("apps/*", True)])
def test_a_workspace_without_members_is_told_where_some_were_meant(
    tmp_path: Path, pattern: str, told: bool
) -> None:
    (tmp_path / "package.json").write_text('{"name": "a", "main": "index.js"}')
    (tmp_path / "index.js").write_text("")
    (tmp_path / "pnpm-lock.yaml").write_text("lockfileVersion: '9.0'\n")
    (tmp_path / "pnpm-workspace.yaml").write_text(f"packages:\n  - {pattern}\n")
    request = Request(path=tmp_path, today=datetime.date(2026, 11, 1), yes=True, write=False)
    messages = " ".join(notice.message for notice in create(request).generated.notices)
    assert ("none of its members is there" in messages) == told
