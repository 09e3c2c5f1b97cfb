"""`dockgen new` against cookiecutter's command line and an npm generator, on one Express project."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import material
from bench.measuring import Contestant, Row, at_most, in_turn

PROJECT = material.CHECKOUT / "tests" / "stacks" / "node" / "express-npm" / "project"
_KEPT = ("Dockerfile", ".dockerignore", "dockgen.yaml", "dockgen.lock", "docker-entrypoint.js")


def rows(rounds: int) -> Iterator[Row]:
    """Yield the comparisons; whoever cannot be had is named with the reason."""
    contestants = [_dockgen(), _cookiecutter()]
    try:
        contestants.append(_npm_generator())
    except material.UnavailableError as error:
        yield Row(f"`dockgen new --yes` : {material.GENERATOR}", f"skipped: {error}")
    ours, cookiecutter, *others = in_turn(contestants, rounds)
    name = "`dockgen new --yes`, linted and written"
    yield at_most(f"{name} : cookiecutter rendering one file", ours.wall, cookiecutter.wall, 0.8, "s")
    for other in others:
        yield at_most(f"{name} : {material.GENERATOR} on node", ours.wall, other.wall, 1.0, "s")
    yield at_most("its largest process : cookiecutter's", ours.peak, cookiecutter.peak, 1.2, "MiB")


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _project(name: str) -> Path:
    folder = material.CACHE / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder)
    return folder


def _cleaned(folder: Path) -> None:
    for name in _KEPT:
        (folder / name).unlink(missing_ok=True)


def _dockgen() -> Contestant:
    folder = _project("express-dockgen")
    env = material.environment(material.empty(material.CACHE / "home"))
    return Contestant(
        "dockgen new", [_program("dockgen"), "new", "--yes"], folder, env, prepare=lambda: _cleaned(folder)
    )


def _npm_generator() -> Contestant:
    folder = _project("express-npm-generator")
    command = [material.program("node"), str(material.npm_generator()), "--force"]
    env = material.environment(material.CACHE / "home")
    return Contestant(material.GENERATOR, command, folder, env, prepare=lambda: _cleaned(folder))


def _cookiecutter() -> Contestant:
    folder = material.empty(material.CACHE / "cookiecutter")
    inside = folder / "template" / "{{cookiecutter.name}}"
    inside.mkdir(parents=True)
    (folder / "template" / "cookiecutter.json").write_text('{"name": "app", "port": "8080"}\n')
    (inside / "Dockerfile").write_text('FROM node:24\nEXPOSE {{ cookiecutter.port }}\nCMD ["node", "."]\n')
    env = {**material.environment(material.CACHE / "home"), "HOME": str(folder)}
    command = [_program("cookiecutter"), "--no-input", "-f", "-o", "out", "template"]
    return Contestant("cookiecutter", command, folder, env)
