"""`{file: requirements.txt, requirements: VIEW}`: what a pip requirements file and its includes say.

`all`: package names to version specifiers; `names`: the names; `hashes`, `pins`: whether every requirement
has a hash, or is pinned to one version (the origin is the first that is not); `indexes`: the URLs of other
package indexes, without credentials; `files`: the file and those that it includes. `name: NAME` yields that
package's specifier (`*` for any version).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dockgen.errors import CatalogError
from dockgen.project.facts import Found, Origin, Value
from dockgen.project.requirement import normalise
from dockgen.project.requirements_text import Listed, Requirements, read_requirements
from dockgen.project.select import selected
from dockgen.project.tree import Tree

OPTIONS = frozenset({"name"})


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one value for each file; raises ProjectError for an include that is missing."""
    view = _VIEWS.get(str(source["requirements"]))
    if view is None:
        raise CatalogError(
            f"requirements: {source['requirements']!r} is not known", f"One of {', '.join(_VIEWS)}."
        )
    found: list[Found] = []
    for path in selected(tree, source):
        requirements = read_requirements(tree, path)
        if "name" in source:
            found += _named(requirements, normalise(str(source["name"])))
        else:
            found += view(requirements, path)
    return found


def _named(requirements: Requirements, name: str) -> list[Found]:
    for listed in requirements.listed:
        if listed.requirement and listed.requirement.name == name:
            return [(listed.requirement.specifier or "*", listed.origin)]
    return []


def _packages(requirements: Requirements) -> dict[str, Value]:
    return {
        item.requirement.name: item.requirement.specifier for item in requirements.listed if item.requirement
    }


def _all(requirements: Requirements, path: str) -> list[Found]:
    packages = _packages(requirements)
    return [(packages, Origin(path))] if packages else []


def _names(requirements: Requirements, path: str) -> list[Found]:
    names = [*_packages(requirements)]
    return [([*names], Origin(path))] if names else []


def _every(requirements: Requirements, path: str, holds: Callable[[Listed], bool]) -> list[Found]:
    failing = next((item for item in requirements.listed if not holds(item)), None)
    return [(failing is None, failing.origin if failing else Origin(path))]


def _hashes(requirements: Requirements, path: str) -> list[Found]:
    named = any(item.requirement for item in requirements.listed)
    return _every(requirements, path, lambda item: named and (item.hashed or item.requirement is None))


def _pins(requirements: Requirements, path: str) -> list[Found]:
    return _every(requirements, path, requirements.is_pinned)


def _indexes(requirements: Requirements, path: str) -> list[Found]:
    del path
    urls = [url for url, _ in requirements.indexes]
    return [([*urls], requirements.indexes[0][1])] if urls else []


def _files(requirements: Requirements, path: str) -> list[Found]:
    return [([*requirements.files], Origin(path))]


_VIEWS: dict[str, Callable[[Requirements, str], list[Found]]] = {
    "all": _all,
    "names": _names,
    "hashes": _hashes,
    "pins": _pins,
    "indexes": _indexes,
    "files": _files,
}
