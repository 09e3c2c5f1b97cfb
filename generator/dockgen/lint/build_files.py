"""The Dockerfiles that bake and compose files name, with the build context and target of each."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dockgen.errors import ProjectError
from dockgen.records import record
from dockgen.regexes import regex

_BAKE = ("docker-bake*.hcl", "docker-bake*.json", "bake.hcl", "*.bake.hcl")
_COMPOSE = ("compose*.y*ml", "docker-compose*.y*ml", "*.compose.y*ml")
_ENDS = ("ml", ".hcl", ".json")
_VARIABLE = regex(r"\$(?:\{(\w+)(?::?-([^}]*))?[^}]*\}|(\w+))")
_LARGEST = 4 * 1024 * 1024


@record
class Named:
    """One build that a bake or compose file describes."""

    dockerfile: Path
    context: Path
    target: str | None = None


def is_build_file(path: Path) -> bool:
    """Return whether a file's name is one of a bake or compose file."""
    name = path.name.lower()
    # Most files end otherwise, and are not held against each pattern.
    if not name.endswith(_ENDS):
        return False
    return any(fnmatch.fnmatch(name, pattern) for pattern in (*_BAKE, *_COMPOSE)) or path.suffix == ".hcl"


def named_builds(path: Path) -> list[Named]:
    """Return the builds of local contexts in a bake or compose file; raises ProjectError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ProjectError(f"{path}: too large for a bake or compose file")
        text = path.read_text("utf-8")
        return list(_builds(path, text))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ProjectError(f"{path}: cannot be read: {error}") from error
    except ProjectError as error:
        raise ProjectError(f"{path}: {error.message.removeprefix(f'{path}: ')}", error.hint) from error


def _builds(path: Path, text: str) -> Iterator[Named]:
    if path.suffix == ".hcl":
        from dockgen.lint import hcl

        targets = {b.label: dict(b.attributes) for b in hcl.blocks(text) if b.kind == "target"}
        yield from _bake(path.parent, targets)
    elif path.suffix == ".json":
        document = json.loads(text)
        targets = document.get("target", {}) if isinstance(document, dict) else {}
        yield from _bake(path.parent, targets if isinstance(targets, dict) else {})
    else:
        yield from _compose(path.parent, _yaml(text))


def _yaml(text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ProjectError("not valid YAML: " + " ".join(str(error).split())[:200]) from error


def _bake(folder: Path, targets: Mapping[str, Any]) -> Iterator[Named]:
    for name in targets:
        target = _inherited(name, targets, frozenset())
        if target and "dockerfile-inline" not in target:
            yield from _named(folder, target)


def _inherited(name: str, targets: Mapping[str, Any], seen: frozenset[str]) -> dict[str, Any]:
    """Return a target's attributes over those of the targets that it inherits, the last one winning."""
    own = targets.get(name)
    if not isinstance(own, Mapping) or name in seen:
        return {}
    whole: dict[str, Any] = {}
    for parent in own.get("inherits") or ():
        whole |= _inherited(str(parent), targets, seen | {name})
    return whole | dict(own)


def _compose(folder: Path, document: Any) -> Iterator[Named]:
    services = document.get("services") if isinstance(document, dict) else None
    for service in (services or {}).values() if isinstance(services, dict) else ():
        build = service.get("build") if isinstance(service, dict) else None
        if isinstance(build, str):
            build = {"context": build}
        if isinstance(build, dict) and "dockerfile_inline" not in build:
            yield from _named(
                folder, {key: _filled(build.get(key)) for key in ("context", "dockerfile", "target")}
            )


def _filled(value: Any) -> Any:
    """Put the defaults of a compose file's variables in; None where one has none."""
    if not isinstance(value, str):
        return value
    text = _VARIABLE.sub(lambda m: m[2] if m[2] is not None else "\0", value)
    return None if "\0" in text else text


def _named(folder: Path, build: Mapping[str, Any]) -> Iterator[Named]:
    context, dockerfile = build.get("context") or ".", build.get("dockerfile") or "Dockerfile"
    if not isinstance(context, str) or not isinstance(dockerfile, str) or "\0" in context + dockerfile:
        return
    if re.match(r"\w+://|git@|target:|github\.com/", context):
        return
    root = folder / context
    target = build.get("target")
    yield Named(root / dockerfile, root, target if isinstance(target, str) else None)
