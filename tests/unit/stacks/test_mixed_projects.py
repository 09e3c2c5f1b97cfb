"""Projects that could be of several stacks: the right one wins, or the user is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockgen.catalog.detection import detect
from dockgen.project.tree import scan
from dockgen.setup.survey import headers_of

PACKAGE = '{"name": "app", "scripts": {"start": "node app.js"}, "dependencies": {"hono": "4.13.19"}}'

TOOLS = "module a\n\ntool example.com/fmt\n\nrequire (\n\texample.com/diff v1.2.0 // indirect\n)\n"
FORMATTER = '{"scripts": {"fix": "prettier --write ."}, "devDependencies": {"prettier": "^3.0.0"}}'


def found(folder: Path, files: dict[str, str]) -> list[str]:
    """The stacks that the evidence names: one wins, several are to be chosen from."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    detection = detect(scan(folder), headers_of())
    return sorted(candidate.header.name for candidate in detection.strong or detection.candidates)


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"package.json": PACKAGE, "bun.lock": "{}"}, ["bun"]),
        ({"package.json": PACKAGE, "bun.lockb": "x"}, ["bun"]),
        ({"package.json": '{"packageManager": "bun@1.3.0"}'}, ["bun"]),
        ({"package.json": PACKAGE, "package-lock.json": "{}"}, ["node"]),
        ({"package.json": PACKAGE, "package-lock.json": "{}", "bun.lock": "{}"}, ["bun", "node"]),
        (
            {
                "package.json": PACKAGE[:-1] + ', "packageManager": "pnpm@10.0.0"}',
                "pnpm-lock.yaml": "",
                "bun.lock": "{}",
            },
            ["node"],
        ),
        ({"package.json": '{"engines": {"node": ">=22"}}', "bun.lock": "{}"}, ["bun", "node"]),
        ({"package.json": '{"dependencies": {"next": "16.0.0"}}', "bun.lock": "{}"}, ["bun", "node"]),
        ({"package.json": '{"scripts": {"start": "bun index.ts"}}'}, ["bun", "node"]),
        ({"package.json": PACKAGE, "bun.lock": "{}", "angular.json": "{}"}, ["node"]),
        ({"deno.json": "{}", "main.ts": ""}, ["deno"]),
        ({"deno.json": "{}", "package.json": PACKAGE, "deno.lock": "{}"}, ["deno"]),
        ({"deno.json": "{}", "package.json": PACKAGE}, ["deno", "node"]),
        ({"deno.json": "{}", "package.json": PACKAGE, "deno.lock": "{}", "yarn.lock": ""}, ["deno", "node"]),
        ({"main.ts": 'Deno.serve(() => new Response("hi"));'}, ["deno"]),
        ({"index.ts": "Bun.serve({ fetch: () => new Response() });"}, ["bun"]),
    ],
    ids="+".join,
)
def test_javascript_runtimes_are_told_apart(files: dict[str, str], stacks: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, files) == stacks


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"index.html": "<h1>Hello</h1>"}, ["static"]),
        ({"public/index.html": "<h1>Hello</h1>"}, ["static"]),
        ({"index.html": "", "package.json": '{"devDependencies": {"vite": "7.1.12"}}'}, ["node"]),
        ({"index.html": "", "go.mod": "module example.com/app"}, ["go"]),
        ({"hugo.toml": "", "go.mod": "module example.com/site"}, ["go", "static"]),
        ({"mkdocs.yml": "site_name: Docs", "docs/index.md": "# Docs"}, ["static"]),
        ({"mkdocs.yml": "site_name: Docs", "pyproject.toml": "[project]"}, ["python"]),
        ({"mkdocs.yml": "site_name: Docs", "requirements.txt": "mkdocs==1.6.1"}, ["static"]),
        ({"mkdocs.yml": "", "requirements.txt": "mkdocs==1.6.1\nflask==3.1.2"}, ["python", "static"]),
        ({"manage.py": "", "package.json": PACKAGE, "package-lock.json": "{}"}, ["python"]),
        ({"pyproject.toml": "[project]", "package.json": FORMATTER, "package-lock.json": "{}"}, ["python"]),
        ({"pyproject.toml": "[project]", "go.mod": TOOLS}, ["python"]),
        ({"pyproject.toml": "[tool.ruff]", "go.mod": "module example.com/app"}, ["go"]),
        ({"pyproject.toml": "[tool.poetry]", "go.mod": "module example.com/app"}, ["go", "python"]),
        ({"pyproject.toml": "[tool.ruff]", "requirements.txt": "flask==3.1.2"}, ["python"]),
        ({"pyproject.toml": "[project]", "go.mod": TOOLS.replace(" // indirect", "")}, ["go", "python"]),
        ({"go.mod": TOOLS, "main.go": "package main"}, ["go"]),
        ({"pyproject.toml": "[project]", "package.json": PACKAGE}, ["node", "python"]),
        (
            {"go.mod": "module a", "package.json": '{"packageManager": "pnpm@10.0.0"}', "pnpm-lock.yaml": ""},
            ["go"],
        ),
        ({"docusaurus.config.js": "", "package.json": "{}", "package-lock.json": "{}"}, ["static"]),
        ({".eleventy.js": "", "package.json": "{}"}, ["static"]),
        ({"docs/.vitepress/config.ts": "", "package.json": PACKAGE}, ["node", "static"]),
    ],
    ids="+".join,
)
def test_sites_are_told_from_applications(files: dict[str, str], stacks: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, files) == stacks


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"run": "#!/bin/sh\n"}, ["generic"]),
        ({"tool.sh": "#!/bin/bash\n"}, ["generic"]),
        ({"mill": "#!/bin/sh\n", "build.mill": "package build\n", "gradlew": "#!/bin/sh\n"}, []),
        ({"run": "#!/bin/sh\n", "report.py": "print(1)"}, ["python"]),
        ({"run": "#!/bin/sh\n", "index.html": "<h1>Hello</h1>"}, ["static"]),
        ({"run": "#!/bin/sh\n", "go.mod": "module example.com/app"}, ["go"]),
        (
            {"run": "#!/bin/sh\n", "Makefile": "all:\n\tcd src && make\n", "src/Makefile": "CC = gcc\n"},
            ["cpp"],
        ),
        ({"src/Makefile": "CC = gcc\n"}, []),
        ({"notes.txt": "nothing"}, []),
    ],
    ids="+".join,
)
def test_a_program_counts_only_where_nothing_else_is_known(
    files: dict[str, str], stacks: list[str], tmp_path: Path
) -> None:
    assert found(tmp_path, files) == stacks


LARAVEL = {"artisan": "<?php\n", "public/index.php": "<?php\n", "composer.json": "{}", "composer.lock": "{}"}


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"index.php": "<?php\n"}, ["php"]),
        ({"tool.php": "<?php\n"}, ["php"]),
        ({**LARAVEL, "package.json": PACKAGE, "package-lock.json": "{}"}, ["php"]),
        ({**LARAVEL, "package.json": '{"packageManager": "bun@1.3.0"}', "bun.lock": "{}"}, ["php"]),
        ({"composer.json": "{}", "package.json": PACKAGE, "package-lock.json": "{}"}, ["node", "php"]),
    ],
    ids="+".join,
)
def test_php_with_a_front_end_is_php(files: dict[str, str], stacks: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, files) == stacks


RAILS = {
    "Gemfile": 'gem "rails"\n',
    "Gemfile.lock": "",
    "bin/rails": "#!/usr/bin/env ruby\n",
    "config.ru": "run App\n",
}


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        (RAILS, ["ruby"]),
        ({**RAILS, "package.json": PACKAGE, "yarn.lock": ""}, ["ruby"]),
        ({"Gemfile": 'gem "jekyll"\n', "_config.yml": "title: Site\n"}, ["static"]),
        ({"Gemfile": 'gem "cocoapods"\n', "package.json": PACKAGE}, ["node"]),
        ({"worker.rb": "puts 1\n"}, ["ruby"]),
    ],
    ids="+".join,
)
def test_ruby_with_a_front_end_is_ruby(files: dict[str, str], stacks: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, files) == stacks


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"deps.edn": "{}", "build.clj": "(ns build)\n", "src/app/core.clj": "(ns app.core)\n"}, ["clojure"]),
        ({"project.clj": '(defproject app "0.1.0")\n', "Procfile": "web: java -jar app.jar\n"}, ["clojure"]),
        ({"project.clj": '(defproject app "0.1.0")\n', "package.json": FORMATTER}, ["clojure"]),
        ({"deps.edn": "{}", "package.json": PACKAGE, "package-lock.json": "{}"}, ["clojure", "node"]),
        ({"pom.xml": "<project/>", "src/main/clojure/app.clj": "(ns app)\n"}, ["java"]),
    ],
    ids="+".join,
)
def test_clojure_is_told_from_its_neighbours(
    files: dict[str, str], stacks: list[str], tmp_path: Path
) -> None:
    assert found(tmp_path, files) == stacks


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"cpanfile": "requires 'Plack';\n", "app.psgi": "sub {}\n"}, ["perl"]),
        ({"job.pl": "#!/usr/bin/perl\nuse strict;\n"}, ["perl"]),
        ({"cpanfile": "", "package.json": FORMATTER}, ["perl"]),
        ({"cpanfile": "", "package.json": PACKAGE, "package-lock.json": "{}"}, ["perl"]),
        ({"Makefile": "CC = gcc\n", "main.c": "int main(void) {}\n", "gen.pl": "use strict;\n"}, ["cpp"]),
        ({"go.mod": "module example.com/app", "release.pl": "use strict;\n"}, ["go"]),
        ({"facts.pl": "likes(mary, wine).\n"}, []),
    ],
    ids="+".join,
)
def test_perl_is_told_from_its_neighbours(files: dict[str, str], stacks: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, files) == stacks


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"renv.lock": "{}", "app.R": "shinyApp(1, 2)\n"}, ["r"]),
        ({"plumber.R": "#* @get /\nfunction() 1\n"}, ["r"]),
        ({"pyproject.toml": "[project]", "figures.R": "plot(1)\n"}, ["python"]),
        ({"requirements.txt": "flask==3.1.2\n", "app.py": "", "figures.R": "plot(1)\n"}, ["python"]),
        ({"go.mod": "module example.com/app", "analysis.r": "plot(1)\n"}, ["go"]),
        ({"package.json": PACKAGE, "package-lock.json": "{}", "renv.lock": "{}"}, ["node", "r"]),
    ],
    ids="+".join,
)
def test_r_is_told_from_its_neighbours(files: dict[str, str], stacks: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, files) == stacks


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"Project.toml": "[deps]\n", "main.jl": "using HTTP\n"}, ["julia"]),
        ({"Project.toml": 'name = "Notes"\n', "go.mod": "module example.com/app"}, ["go"]),
        ({"solve.jl": "println(1)\n"}, ["julia"]),
        ({"pyproject.toml": "[project]", "solve.jl": "println(1)\n"}, ["python"]),
    ],
    ids="+".join,
)
def test_julia_is_told_from_its_neighbours(files: dict[str, str], stacks: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, files) == stacks


@pytest.mark.parametrize(
    ("files", "stacks"),
    [
        ({"app.cabal": "name: app\n", "app/Main.hs": "main = pure ()\n"}, ["haskell"]),
        ({"stack.yaml": "snapshot: lts-24.11\n", "package.yaml": "dependencies:\n"}, ["haskell"]),
        ({"package.yaml": "name: chart\n", "go.mod": "module example.com/app"}, ["go"]),
        ({"stack.yaml": "services: []\n", "pyproject.toml": "[project]"}, ["python"]),
        ({"app.cabal": "name: app\n", "package.json": FORMATTER}, ["haskell"]),
    ],
    ids="+".join,
)
def test_haskell_is_told_from_its_neighbours(
    files: dict[str, str], stacks: list[str], tmp_path: Path
) -> None:
    assert found(tmp_path, files) == stacks
