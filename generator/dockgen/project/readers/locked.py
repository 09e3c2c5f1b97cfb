"""`{file: uv.lock, locked: VIEW}`: the packages that a Python lock file holds.

It may be uv's, Poetry's, or a pylock.toml.
`names`: the packages from an index; `versions`: the same with their versions; `source_only`: those of them
without any wheel, so that installing them runs their own build; `no_musl`: those with binary wheels, none of
which fits musl libc (Alpine). `of: NAME` looks only at what that package of uv.lock needs to run: a
workspace's lock holds what all of its members need.
Sources: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile, PEP 751 (pylock.toml), PEP 656
(musllinux tags), and the file format of https://python-poetry.org/docs/basic-usage/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dockgen.errors import CatalogError
from dockgen.project.document import Document
from dockgen.project.facts import Found, Origin, Value
from dockgen.project.requirement import normalise
from dockgen.project.select import selected
from dockgen.project.toml_text import parse_toml
from dockgen.project.tree import Tree

OPTIONS = frozenset({"of"})
# Sources of uv.lock and poetry.lock that are no index: these packages have no files to choose from.
_ELSEWHERE = frozenset({"git", "directory", "editable", "virtual", "path", "file"})
Package = Mapping[str, Any]


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one list of names for each lock file; raises ProjectError for malformed TOML."""
    holds = _VIEWS.get(str(source["locked"]))
    if holds is None:
        raise CatalogError(f"locked: {source['locked']!r} is not known", f"One of {', '.join(_VIEWS)}.")
    found: list[Found] = []
    for path in selected(tree, source):
        document = tree.parsed(path, parse_toml)
        packages = _packages(document, str(source.get("of") or "")) if document else []
        named = [*_named(packages, holds)]
        names: list[Value] = [*dict.fromkeys(name for name, _ in named)]
        if document and names:
            key = "package" if "package" in document.data else "packages"
            value = (
                _versions([package for _, package in packages]) if source["locked"] == "versions" else names
            )
            found.append((value, Origin(path, document.line((key, named[0][1])))))
    return found


def _versions(packages: list[Package]) -> dict[str, Value]:
    listed = [item for item in packages if _from_index(item)]
    return {normalise(str(item.get("name"))): str(item["version"]) for item in listed if "version" in item}


def _packages(document: Document, of: str) -> list[tuple[int, Package]]:
    """Return the packages with their indexes; with `of` only that one and what it needs."""
    listed = document.data.get("package") or document.data.get("packages") or []
    packages: list[tuple[int, Package]] = [
        (index, package)
        for index, package in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(package, dict) and isinstance(package.get("name"), str)
    ]
    if not of:
        return packages
    needed = _needed([package for _, package in packages], normalise(of))
    return [(index, package) for index, package in packages if normalise(package["name"]) in needed]


def _needed(packages: list[Package], of: str) -> set[str]:
    """Return the names of a package and all that it needs; of optional dependencies those asked for."""
    known: dict[str, list[Package]] = {}
    for package in packages:
        known.setdefault(normalise(package["name"]), []).append(package)
    waiting: list[tuple[str, str | None]] = [(of, None)]
    waiting += [(of, extra) for package in known.get(of, ()) for extra in _table(package)]
    seen: set[tuple[str, str | None]] = set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) not in seen:
            seen.add((name, extra))
            for package in known.get(name, ()):
                entries = package.get("dependencies") if extra is None else _table(package).get(extra)
                waiting += _wanted(entries)
    return {name for name, _ in seen}


def _table(package: Package) -> Mapping[str, Any]:
    table = package.get("optional-dependencies")
    return table if isinstance(table, dict) else {}


def _wanted(entries: Any) -> Iterator[tuple[str, str | None]]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            yield normalise(entry["name"]), None
            yield from ((normalise(entry["name"]), str(extra)) for extra in _items(entry, "extra"))


def _named(
    packages: list[tuple[int, Package]], holds: Callable[[list[str]], bool]
) -> Iterator[tuple[str, int]]:
    """Yield name and index of the packages whose file names answer the view."""
    for index, package in packages:
        if _from_index(package) and holds(_files(package)):
            yield normalise(package["name"]), index


def _from_index(package: Package) -> bool:
    source = package.get("source")
    kinds = {*source, str(source.get("type", ""))} if isinstance(source, dict) else set()
    return not kinds & _ELSEWHERE


def _files(package: Package) -> list[str]:
    """Return the names of a package's files: uv and PEP 751 part sdist and wheels, Poetry lists `files`."""
    listed = [package.get("sdist"), *_items(package, "wheels"), *_items(package, "files")]
    tables = [entry for entry in listed if isinstance(entry, dict)]
    texts = (entry.get("file") or entry.get("name") or entry.get("url") or "" for entry in tables)
    return [str(text).rpartition("/")[2] for text in texts]


def _items(package: Package, key: str) -> list[Any]:
    value = package.get(key)
    return value if isinstance(value, list) else []


def _source_only(files: list[str]) -> bool:
    return bool(files) and not any(name.endswith(".whl") for name in files)


def _no_musl(files: list[str]) -> bool:
    wheels = [name for name in files if name.endswith(".whl")]
    return bool(wheels) and not any("-any." in name or "musllinux" in name for name in wheels)


_VIEWS: dict[str, Callable[[list[str]], bool]] = {
    "names": lambda _: True,
    "versions": lambda _: True,
    "source_only": _source_only,
    "no_musl": _no_musl,
}
