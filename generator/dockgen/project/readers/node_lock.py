"""`{file: package-lock.json, node_lock: VIEW}`: the packages that a lock file of Node.js's tools holds.

It may be npm's (package-lock.json, npm-shrinkwrap.json), pnpm's, Yarn's or Bun's
(bun.lock). `names`: the packages of
production where the lock tells them from those of development (npm, pnpm up to 8), else all; `all`: every
package; `versions`: a mapping of the same names to their newest version; `scripts`: those of `names` that the
lock says have install scripts (npm, pnpm up to 8), and `all_scripts` those of `all`.
Packages that no Linux system installs are left out. `needed_by: [names]` looks only at these packages and
what they need; an empty list at all.
Sources: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json, https://github.com/pnpm/spec
(lockfile), https://classic.yarnpkg.com/lang/en/docs/yarn-lock/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dockgen.errors import CatalogError, ProjectError
from dockgen.project.bun_lock import bun_packages, bun_pairs
from dockgen.project.facts import Found, Origin, Value
from dockgen.project.json_text import parse_json, parse_jsonc
from dockgen.project.lock_lines import check_lines
from dockgen.project.node_needs import Pair, npm_pairs, pnpm_pairs, reached, yarn_pairs
from dockgen.project.select import selected
from dockgen.project.tree import Tree
from dockgen.regexes import regex

OPTIONS = frozenset({"needed_by"})
VIEWS = ("names", "all", "versions", "scripts", "all_scripts")
# `/express/4.18.2:` (lockfile 5), `/express@4.18.2:` (6), `express@4.18.2:` (9).
_PNPM_ENTRY = regex(r"  ['\"]?/?(@[^/@\s]+/[^/@\s]+|[^/@'\"\s]+)[@/]([^()'\":\s_]+)")
_YARN_ENTRY = regex(r'"?(@?[^@"\s]+)@')
# Yarn 2 and later quotes no version, and gives members of the workspace one of their own.
_YARN_VERSION = regex(r'  version:? "?(?!0\.0\.0-use\.local)([^"\s]+)"?')


class _Package:
    def __init__(
        self,
        name: str,
        version: str = "",
        development: bool = False,
        script: bool = False,
        foreign: bool = False,
    ) -> None:
        self.name, self.version = name, version
        self.development, self.script, self.foreign = development, script, foreign


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return one list (or mapping) for each lock file; raises ProjectError for a malformed one."""
    view = str(source["node_lock"])
    if view not in VIEWS:
        raise CatalogError(f"node_lock: {view!r} is not known", f"One of {', '.join(VIEWS)}.")
    found: list[Found] = []
    for path in selected(tree, source):
        packages = [package for package in _packages(tree, path) if not package.foreign]
        if roots := source.get("needed_by"):
            wanted = reached(_pairs(tree, path), map(str, roots))
            packages = [package for package in packages if package.name in wanted]
        value = _view(packages, view)
        if value:
            found.append((value, Origin(path)))
    return found


def _view(packages: list[_Package], view: str) -> Value:
    wanted = [package for package in packages if view.startswith("all") or not package.development]
    if view == "versions":
        newest = sorted(wanted, key=lambda package: _numbers(package.version))
        return {package.name: package.version for package in newest}
    if view.endswith("scripts"):
        wanted = [package for package in wanted if package.script]
    return [*sorted({package.name for package in wanted})]


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,9}", version)[:4]]


def _packages(tree: Tree, path: str) -> Iterator[_Package]:
    if path.endswith(".json"):
        document = tree.parsed(path, parse_json)
        yield from _npm(document.data if document else {}, path)
        return
    if path.endswith("bun.lock"):
        for name, version, entry in bun_packages(_bun(tree, path), path):
            yield _Package(name, version, foreign=not _fits_linux(_systems(entry.get("os"))))
        return
    text = tree.text(path) or ""
    check_lines(text, path)
    yield from _pnpm(text) if path.endswith((".yaml", ".yml")) else _yarn(text)


def _bun(tree: Tree, path: str) -> Any:
    document = tree.parsed(path, parse_jsonc)
    return document.data if document else {}


def _systems(named: Any) -> Any:
    """Bun writes one system as a text, and `none` for those that it knows nothing of."""
    return [system for system in ([named] if isinstance(named, str) else named or []) if system != "none"]


def _pairs(tree: Tree, path: str) -> Iterator[Pair]:
    if path.endswith(".json"):
        document = tree.parsed(path, parse_json)
        return npm_pairs(document.data if document else {})
    if path.endswith("bun.lock"):
        return bun_pairs(_bun(tree, path), path)
    text = tree.text(path) or ""
    return pnpm_pairs(text) if path.endswith((".yaml", ".yml")) else yarn_pairs(text)


def _npm(data: Any, path: str) -> Iterator[_Package]:
    listed = data.get("packages", data.get("dependencies", {})) if isinstance(data, dict) else None
    if not isinstance(listed, dict):
        raise ProjectError(f"{path}: lists no packages", "Make it anew: npm install --package-lock-only.")
    for place, entry in listed.items():
        name = place.rpartition("node_modules/")[2]
        if name and isinstance(entry, dict) and not entry.get("link"):
            yield _Package(
                name,
                str(entry.get("version", "")),
                bool(entry.get("dev") or entry.get("devOptional")),
                bool(entry.get("hasInstallScript")),
                not _fits_linux(entry.get("os")),
            )


def _fits_linux(systems: Any) -> bool:
    listed = [str(system) for system in systems] if isinstance(systems, list) else []
    allowed = [system for system in listed if not system.startswith("!")]
    return "!linux" not in listed and (not allowed or "linux" in allowed)


def _pnpm(text: str) -> Iterator[_Package]:
    package: _Package | None = None
    inside = False
    for line in text.split("\n"):
        if line and not line[0].isspace():
            inside = line.startswith("packages:")
        elif inside and (entry := _PNPM_ENTRY.match(line)):
            if package:
                yield package
            package = _Package(entry[1], entry[2])
        elif inside and package and line.startswith("    "):
            _note(package, line.strip())
    if package:
        yield package


def _note(package: _Package, line: str) -> None:
    package.development |= line == "dev: true"
    package.script |= line == "requiresBuild: true"
    if line.startswith("os: ["):
        package.foreign = not _fits_linux(re.findall(r"!?[a-z0-9]+", line[5:]))


def _yarn(text: str) -> Iterator[_Package]:
    package: _Package | None = None
    for line in text.split("\n"):
        if not line.startswith((" ", "#")) and line.rstrip().endswith(":"):
            entry = _YARN_ENTRY.match(line)
            package = _Package(entry[1]) if entry else None
        elif package and (version := _YARN_VERSION.match(line)):
            package.version = version[1]
            yield package
            package = None
