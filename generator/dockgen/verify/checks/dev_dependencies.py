"""Nothing that only development needs is installed in the image."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.oci import listing, mapping
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

DEVELOPMENT = Check("no-development-dependencies", 9)
CHECKS = (DEVELOPMENT,)
ORDER = 29
MANIFEST_LIMIT = 4 << 20
_NODE = re.compile(r"/node_modules/((?:@[^/]+/)?[^/@]+)/package\.json$")
_PYTHON = re.compile(r"/(?:site|dist)-packages/([A-Za-z0-9_.]+?)-[^/]*\.dist-info/METADATA$")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def run(session: Session) -> list[CheckResult]:
    """Compare the project's declared development dependencies with what the image has."""
    context = session.target.context
    wanted = node_development(context) | python_development(context)
    if not wanted:
        return [DEVELOPMENT.skipped("the project declares no development dependency")]
    present = {}
    for entry in session.files.files():
        found = _NODE.search(entry.path) or _PYTHON.search(entry.path)
        # Top level only: below another package it is that package's own dependency.
        if found and entry.layer >= session.base_layers and entry.path.count("/node_modules/") <= 1:
            present[_normal(found.group(1))] = entry.path
    faults = [one_line(present[name]) for name in sorted(wanted & present.keys())]
    good = f"none of {len(wanted)} development dependencies"
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
    """Return pyproject.toml's groups for development (PEP 735 `dev`, `test`, `lint`; Poetry's groups)."""
    content = mapping(_read(context / "pyproject.toml"))
    tool = mapping(content.get("tool"))
    rows = [
        row
        for name, group in mapping(content.get("dependency-groups")).items()
        for row in listing(group)
        if name
    ]
    rows += listing(mapping(tool.get("uv")).get("dev-dependencies"))
    poetry = mapping(tool.get("poetry"))
    groups = {name: mapping(group) for name, group in mapping(poetry.get("group")).items() if name != "main"}
    rows += [name for group in groups.values() for name in mapping(group.get("dependencies"))]
    named = [_NAME.match(row) for row in rows if isinstance(row, str)]
    runs = [_NAME.match(str(row)) for row in listing(mapping(content.get("project")).get("dependencies"))]
    needed = {_normal(found.group()) for found in runs if found}
    return {_normal(found.group()) for found in named if found} - needed


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(path: Path) -> Any:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MANIFEST_LIMIT)
        return json.loads(raw) if path.suffix == ".json" else tomllib.loads(raw.decode())
    except (OSError, ValueError, RecursionError):
        return None
