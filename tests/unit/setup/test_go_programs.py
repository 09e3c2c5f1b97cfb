"""Which program of a Go module is meant, and what the module is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockgen.answers.model import Given, Resolution
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
