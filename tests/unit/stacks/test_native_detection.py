"""Compiled languages beside another one: which the project is, or that both claim it."""

from pathlib import Path

import pytest

from dockgen.catalog.detection import detect
from dockgen.project.tree import scan
from dockgen.setup.survey import headers_of

CARGO = '[package]\nname = "grid"\nversion = "0.1.0"\n'
CASES = {
    "a Rust package": ({"Cargo.toml": CARGO, "src/main.rs": "fn main() {}\n"}, ["rust"]),
    "an extension of Python by maturin": (
        {"Cargo.toml": CARGO, "pyproject.toml": '[build-system]\nrequires = ["maturin>=1.9"]\n'},
        ["python"],
    ),
    "an extension of Node.js in Rust": (
        {
            "Cargo.toml": CARGO,
            "package.json": '{"scripts": {"build": "napi build"}, "devDependencies": {"@napi-rs/cli": "3"}}',
        },
        ["node"],
    ),
    "Rust and Node.js side by side": (
        {
            "Cargo.toml": CARGO,
            "package.json": '{"scripts": {"start": "node web.js"}}',
            "package-lock.json": "{}",
        },
        ["node", "rust"],
    ),
    "an extension of Python by CMake": (
        {
            "CMakeLists.txt": "project(grid)\n",
            "pyproject.toml": '[build-system]\nrequires = ["scikit-build-core"]\n',
        },
        ["python"],
    ),
    "a Go module whose Makefile names a C compiler": (
        {"go.mod": "module grid\n", "Makefile": "CC ?= gcc\nbuild:\n\tgo build\n"},
        ["go"],
    ),
    "a Makefile that compiles C": ({"Makefile": "CC ?= gcc\n", "main.c": "int main(void) {}\n"}, ["cpp"]),
    "an Elixir project with assets built by Node.js": (
        {"mix.exs": "defmodule A.MixProject do\nend\n", "mix.lock": "%{}", "assets/package.json": "{}"},
        ["elixir"],
    ),
    "an Elixir project that rebar3 knows, too": (
        {"mix.exs": "defmodule A.MixProject do\nend\n", "rebar.config": "{deps, []}.\n"},
        ["elixir"],
    ),
    "Erlang": (
        {"rebar.config": "{deps, []}.\n", "src/grid.app.src": "{application, grid, []}.\n"},
        ["erlang"],
    ),
    "Java that sbt builds": ({"build.sbt": "", "src/main/java/grid/Main.java": ""}, ["scala"]),
    "Scala that Maven builds": ({"pom.xml": "<project/>", "src/main/scala/grid/Main.scala": ""}, ["java"]),
    "sbt and Maven side by side, which only their authors can tell": (
        {"pom.xml": "<project/>", "build.sbt": ""},
        [],
    ),
    "Dart": ({"pubspec.yaml": "name: grid\n", "bin/grid.dart": ""}, ["dart"]),
    "an application of Flutter, which no container runs": (
        {"pubspec.yaml": "name: grid\ndependencies:\n  flutter:\n    sdk: flutter\n", "lib/main.dart": ""},
        [],
    ),
    "Swift": ({"Package.swift": "", "Sources/grid/main.swift": ""}, ["swift"]),
    "an application for a phone": (
        {"Package.swift": "", "Grid.xcodeproj/project.pbxproj": "", "Sources/Grid/App.swift": ""},
        [],
    ),
    "a Makefile that runs Python": ({"Makefile": "test:\n\tpytest\n", "app.py": "print()\n"}, []),
}


@pytest.mark.parametrize("name", CASES)
def test_who_claims_it(name: str, tmp_path: Path) -> None:
    files, claims = CASES[name]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    found = detect(scan(tmp_path), headers_of())
    assert sorted(candidate.header.name for candidate in found.strong) == claims
