"""Which program of a Go module is meant, and what the module is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockgen.answers.model import Given, Resolution
from dockgen.report.explain_text import explanation
from dockgen.setup.generate import settle
from dockgen.setup.survey import survey

MAIN = "package main\n\nfunc main() {}\n"
IGNORED = f"//go:build ignore\n\n{MAIN}"
CASES: dict[str, tuple[dict[str, str], str | None]] = {
    "cmd before helpers": (
        {
            "cmd/tool/main.go": MAIN,
            "internal/gen/main.go": MAIN,
            "examples/a/main.go": MAIN,
            "test/e2e/main.go": MAIN,
            "tools/mkdocs/main.go": MAIN,
        },
        "cmd/tool",
    ),
    "a generator in cmd": ({"cmd/tool/main.go": MAIN, "cmd/gen-docs/main.go": MAIN}, "cmd/tool"),
    "what only go run runs": (
        {"cmd/tool/run.go": MAIN, "gen.go": IGNORED, "lib.go": "package lib\n"},
        "cmd/tool",
    ),
    "the older build line": ({"main.go": MAIN, "a/main.go": f"// +build ignore\n\n{MAIN}"}, "."),
    "a root program beside examples": ({"main.go": MAIN, "_examples/a/main.go": MAIN}, "."),
    "only an example": ({"lib.go": "package lib\n", "example/main.go": MAIN}, "example"),
    "two programs": ({"cmd/a/main.go": MAIN, "cmd/b/main.go": MAIN}, None),
}


def resolved(folder: Path, files: dict[str, str], module: str = "example.com/app") -> Resolution:
    for name, text in {"go.mod": f"module {module}\n\ngo 1.26\n", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return settle(survey(folder), Given())


@pytest.mark.parametrize("name", CASES)
def test_the_program_is_what_the_module_is_for(tmp_path: Path, name: str) -> None:
    files, program = CASES[name]
    found = resolved(tmp_path, files)
    assert (found.answers["main"].value if "main" in found.answers else None) == program


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("github.com/acme/tool/v2", "tool"),
        ("github.com/acme/tool", "tool"),
        ("gopkg.in/tool.v3 // Deprecated: no", "tool"),
        ('"tool"', "tool"),
        ("v2", "app"),
    ],
)
def test_a_major_version_is_no_name(tmp_path: Path, module: str, name: str) -> None:
    folder = tmp_path / "app"
    folder.mkdir()
    found = resolved(folder, {"main.go": MAIN}, module)
    assert (found.answers["name"].value, found.answers["title"].value) == (name, name)


SEVERAL = {
    "cmd/api/main.go": """package main

import (
	"net/http"

	serving "example.com/app/internal/web"
)

func main() {
	go http.ListenAndServe(":8081", http.RedirectHandler("https://x", 301))
	serving.Serve()
}
""",
    "internal/web/web.go": """package web

import "net/http"

func Serve() {
	http.HandleFunc("/healthz", nil)
	http.ListenAndServe(":9443", http.FileServer(http.Dir("public")))
}
""",
    "public/index.html": "",
    "cmd/mail/main.go": "package main\n\n"
    'import "example.com/app/internal/jobs"\n\nfunc main() { jobs.Run() }\n',
    "internal/jobs/jobs.go": 'package jobs\n\nimport "os"\n\nfunc Run() { os.ReadFile("public") }\n',
    "cmd/old/main.go": 'package main\n\nimport "net/http"\n\n'
    'func main() { http.ListenAndServe(":7070", nil) }\n',
}


def _of(folder: Path, main: str, files: dict[str, str]) -> dict[str, tuple[object, str]]:
    for name, text in {"go.mod": "module example.com/app\n\ngo 1.26\n", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    answers = settle(survey(folder), Given((("--set", {"main": main}),))).answers
    return {name: (answer.value, answer.origin) for name, answer in answers.items()}


def test_each_program_is_judged_by_the_packages_that_it_imports(tmp_path: Path) -> None:
    answers = _of(tmp_path, "cmd/api", SEVERAL)
    assert answers["role"] == ("server", "cmd/api/main.go:10, internal/web/web.go:7")
    assert answers["port"] == (9443, "internal/web/web.go:7")
    assert answers["health"] == ("/healthz", "internal/web/web.go:6")
    assert answers["include"] == (["public"], "internal/web/web.go:7")


def test_a_program_that_listens_nowhere_is_a_worker_whatever_others_do(tmp_path: Path) -> None:
    answers = _of(tmp_path, "cmd/mail", SEVERAL)
    assert answers["role"] == ("worker", "cmd/mail/main.go:1")
    assert answers["include"] == (["public"], "internal/jobs/jobs.go:5")


def test_a_port_is_the_programs_own(tmp_path: Path) -> None:
    answers = _of(tmp_path, "cmd/old", SEVERAL)
    assert answers["port"] == (7070, "cmd/old/main.go:5")
    assert answers["health"] == ("", "")
    assert answers["include"] == ([], "")


def test_what_only_redirects_is_taken_where_nothing_else_listens(tmp_path: Path) -> None:
    text = "package main\n\nfunc main() {\n\thttp.ListenAndServe(%s)\n\thttp.ListenAndServe(%s)\n}\n"
    redirect, pages = '":8081", redirect', '":9000", mux'
    assert _of(tmp_path, ".", {"main.go": text % (redirect, pages)})["port"] == (9000, "main.go:5")
    assert _of(tmp_path, ".", {"main.go": text % (redirect, redirect)})["port"] == (8081, "main.go:4")
    exposed = {"main.go": text % (redirect, redirect), "Dockerfile": "FROM scratch\nEXPOSE 8443\n"}
    assert _of(tmp_path, ".", exposed)["port"] == (8443, "Dockerfile:2")


def test_a_module_whose_name_begins_alike_is_not_its_own(tmp_path: Path) -> None:
    foreign = 'package main\n\nimport "example.com/app2/internal/web"\n\nfunc main() { web.Serve() }\n'
    answers = _of(tmp_path, "cmd/api", {**SEVERAL, "cmd/api/main.go": foreign})
    assert answers["role"][0] == "worker"


def test_of_other_modules_only_stand_ins_are_copied(tmp_path: Path) -> None:
    files = {
        "go.mod": "module example.com/app\n\ngo 1.26\n\nreplace example.com/lib => ./lib // here\n",
        "main.go": MAIN,
        "lib/go.mod": "module example.com/lib\n",
        "examples/one/go.mod": "module example.com/one\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert survey(tmp_path).facts["manifests"].value == ["go.mod", "lib/go.mod"]


def test_explain_names_each_place_that_a_joined_fact_comes_from(tmp_path: Path) -> None:
    _of(tmp_path, "cmd/api", SEVERAL)
    said = explanation(tmp_path, ["main=cmd/api"])
    assert "(cmd/api/main.go:10, cmd/old/main.go:5, internal/web/web.go:7)" in said
    assert "(cmd/api/main.go:1, cmd/mail/main.go:1, cmd/old/main.go:1)" in said
