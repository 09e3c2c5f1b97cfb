"""Nothing that only development needs is installed in the image."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.oci import mapping
from dockgen.verify.python_groups import (
    REQUIREMENTS,
    RUNNING,
    names,
    pipfile,
    pyproject_groups,
    requirements,
)
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

DEVELOPMENT = Check("no-development-dependencies", 9)
CHECKS = (DEVELOPMENT,)
ORDER = 29
MANIFEST_LIMIT = 4 << 20
_NODE = re.compile(r"/node_modules/((?:@[^/]+/)?[^/@]+)/package\.json$")
_PYTHON = re.compile(r"/(?:site|dist)-packages/([A-Za-z0-9_.]+?)-[^/]*\.dist-info/METADATA$")
_RUBY = re.compile(r"/gems/([A-Za-z0-9_.-]+?)-\d[^/]*/[^/]+$")
_COMPOSER = re.compile(r"/vendor/([a-z0-9_.-]+/[a-z0-9_.-]+)/composer\.json$")
_BEAM = re.compile(r"/lib/([a-z][a-z0-9_]*)(?:-[^/]+)?/ebin/[^/]+\.app$")
_GROUP = re.compile(r"^\s*group\b(?P<names>[^#\n]*?)\bdo\b", re.MULTILINE)
_SYMBOL = re.compile(r":(\w+)|[\"'](\w+)[\"']")
_GEM = re.compile(r"^\s*gem\s*\(?\s*[\"']([A-Za-z0-9_.-]+)[\"'](?P<rest>.*)$")
_INLINE = re.compile(r"\bgroups?(?::|\s*=>)\s*(\[[^\]]*\]|[:\"']\w+[\"']?)")
_MIX = re.compile(r"\{\s*:(\w+)\s*,(?P<rest>[^{}]*)\}")
_ONLY = re.compile(r"\bonly:\s*(\[[^\]]*\]|:\w+)")
_DEVELOPMENT = {"development", "test", "dev", "ci", "docs"}


def run(session: Session) -> list[CheckResult]:
    """Compare the project's declared development dependencies with what the image has."""
    context = session.target.context
    wanted = {place: declared(context) for declared, place in KINDS}
    count = sum(map(len, wanted.values()))
    if not count:
        return [DEVELOPMENT.skipped("the project declares no development dependency")]
    present: dict[tuple[re.Pattern[str], str], str] = {}
    for entry in session.files.files():
        # Top level only: below another package it is that package's own dependency.
        if entry.layer < session.base_layers or entry.path.count("/node_modules/") > 1:
            continue
        for place, unwanted in wanted.items():
            found = place.search(entry.path) if unwanted else None
            if found and _normal(found[1]) in unwanted:
                present.setdefault((place, found[1]), entry.path)
    faults = [one_line(path) for path in sorted(present.values())]
    good = f"none of the development dependencies ({count})"
    return [DEVELOPMENT.judged(faults, "development dependencies are installed", good)]


def node_development(context: Path) -> set[str]:
    """Return package.json's devDependencies that are not also needed to run."""
    content = mapping(_read(context / "package.json"))
    needed = {
        _normal(name)
        for key in ("dependencies", "optionalDependencies")
        for name in mapping(content.get(key))
    }
    return {_normal(name) for name in mapping(content.get("devDependencies"))} - needed


def python_development(context: Path) -> set[str]:
    """Return what pyproject.toml, Pipfile and requirements files have for development alone."""
    pairs = [
        pyproject_groups(mapping(_read(context / "pyproject.toml"))),
        pipfile(mapping(_read(context / "Pipfile"))),
        (requirements(_texts(context, REQUIREMENTS)), names(_lines(context, RUNNING))),
    ]
    development, needed = (set[str]().union(*sets) for sets in zip(*pairs, strict=True))
    return {_normal(name) for name in development} - {_normal(name) for name in needed}


def _texts(context: Path, files: tuple[str, ...]) -> list[str]:
    return [_text(context / name) for name in files]


def _lines(context: Path, files: tuple[str, ...]) -> list[str]:
    return [line for text in _texts(context, files) for line in text.splitlines()]


def composer_development(context: Path) -> set[str]:
    """Return composer.json's require-dev that is not also required."""
    content = mapping(_read(context / "composer.json"))
    needed = {_normal(name) for name in mapping(content.get("require"))}
    return {_normal(name) for name in mapping(content.get("require-dev")) if "/" in name} - needed


def ruby_development(context: Path) -> set[str]:
    """Return the gems that the Gemfile has in groups of development alone."""
    development: set[str] = set()
    needed: set[str] = set()
    open_groups: list[set[str]] = []
    for line in _text(context / "Gemfile").splitlines():
        group, gem = _GROUP.match(line), _GEM.match(line)
        if group:
            open_groups.append(_symbols(group["names"]))
        elif re.search(r"\bdo\b(?:\s*\|[^|]*\|)?\s*$", line) or re.match(r"\s*(?:if|unless|case)\b", line):
            open_groups.append(set())
        elif re.match(r"\s*end\b", line) and open_groups:
            open_groups.pop()
        elif gem:
            inline = _INLINE.search(gem["rest"])
            groups = set[str]().union(*open_groups) | (_symbols(inline[1]) if inline else set())
            (development if groups and groups <= _DEVELOPMENT else needed).add(_normal(gem[1]))
    return development - needed


def mix_development(context: Path) -> set[str]:
    """Return mix.exs' dependencies that `only:` keeps to development."""
    rows = _MIX.finditer(_text(context / "mix.exs"))
    only = {row[1]: _ONLY.search(row["rest"]) for row in rows}
    return {
        _normal(name)
        for name, found in only.items()
        if found and (symbols := _symbols(found[1])) and symbols <= _DEVELOPMENT
    }


def _symbols(text: str) -> set[str]:
    return {first or second for first, second in _SYMBOL.findall(text)}


KINDS = (
    (node_development, _NODE),
    (python_development, _PYTHON),
    (composer_development, _COMPOSER),
    (ruby_development, _RUBY),
    (mix_development, _BEAM),
)
"""What declares them, and where in an image its packages are."""


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(MANIFEST_LIMIT).decode(errors="replace")
    except OSError:
        return ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(path: Path) -> Any:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MANIFEST_LIMIT)
        return json.loads(raw) if path.suffix == ".json" else tomllib.loads(raw.decode())
    except (OSError, ValueError, RecursionError):
        return None
