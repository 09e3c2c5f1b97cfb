"""Which Dockerfiles a command line means: files, folders, bake and compose files."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dockgen.errors import ProjectError
from dockgen.lint import build_files, context_roots
from dockgen.records import record

if TYPE_CHECKING:
    import pathspec

_NAMES = ("dockerfile*", "*.dockerfile", "containerfile*", "*.containerfile")
# Names that begin like a Dockerfile's and are something else: ignore files, templates, texts, parts of one.
_OTHERS = frozenset(
    {
        "dockerignore",
        "containerignore",
        "j2",
        "jinja",
        "jinja2",
        "tmpl",
        "tpl",
        "template",
        "erb",
        "ejs",
        "hbs",
    }
    | {"mustache", "in", "md", "rst", "txt", "html", "py", "go", "rb", "js", "ts", "rs", "sh", "json", "yaml"}
    | {"append", "fragment", "snippet", "partial", "inc", "include"}
    | {"yml", "toml", "lock", "orig", "rej", "bak", "swp", "patch", "diff", "sbom", "sarif", "png"}
)
_NEVER = frozenset({".git", ".hg", ".svn", ".tox", ".venv", "node_modules"})


@record
class Found:
    """A Dockerfile; `context` is its build context where a bake or compose file names it."""

    path: Path
    context: Path | None = None
    targets: frozenset[str] = frozenset()


class _Collection:
    """Dockerfiles in the order in which they were found, each once."""

    def __init__(self) -> None:
        self.found: dict[str, Found] = {}

    def add(self, path: Path, context: Path | None = None, target: str | None = None) -> None:
        key = os.path.abspath(path)  # noqa: PTH100 - a key, of which no path is made
        known = self.found.get(key, Found(path))
        targets = known.targets | ({target} if target else set())
        self.found[key] = Found(known.path, known.context or context, targets)


def is_dockerfile_name(name: str) -> bool:
    """Return whether a file in a folder is taken for a Dockerfile by its name."""
    lower = name.lower()
    if not any(fnmatch.fnmatchcase(lower, pattern) for pattern in _NAMES):
        return False
    return lower.rpartition(".")[2] not in _OTHERS and not lower.endswith("~")


def discover(paths: Sequence[Path], exclude: Sequence[str] = ()) -> list[Found]:
    """Return the Dockerfiles that paths mean; folders are searched as git sees them.

    Raises ProjectError for a path that does not exist and for a bake or compose file that cannot be read.
    """
    collection = _Collection()
    for path in paths:
        if path.is_dir():
            _add_folder(collection, path, exclude)
        elif not path.exists():
            raise ProjectError(f"{path}: there is no such file or folder")
        elif build_files.is_build_file(path):
            _add_build_file(collection, path)
        else:
            collection.add(path)
    return list(collection.found.values())


def _add_folder(collection: _Collection, folder: Path, exclude: Sequence[str]) -> None:
    files = list(walk(folder, exclude))
    for path in files:
        if is_dockerfile_name(path.name):
            collection.add(path)
    for path in files:
        if build_files.is_build_file(path):
            _add_build_file(collection, path, inside=folder)


def _add_build_file(collection: _Collection, path: Path, inside: Path | None = None) -> None:
    """Add what a bake or compose file names; one met in a folder adds nothing outside of it."""
    try:
        builds = build_files.named_builds(path)
    except ProjectError:
        if inside is None:
            raise
        return
    for build in builds:
        near = inside is None or _is_inside(build.dockerfile, inside)
        if near and build.dockerfile.is_file():
            collection.add(_tidy(build.dockerfile), _tidy(build.context), build.target)


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _tidy(path: Path) -> Path:
    return Path(os.path.normpath(path))


def walk(folder: Path, exclude: Iterable[str] = ()) -> Iterator[Path]:
    """Yield a folder's files in order, without what git ignores; links to folders are not followed."""
    import pathspec

    top = folder.absolute()
    excluded = pathspec.GitIgnoreSpec.from_lines(exclude)
    ignores = [(top, excluded), *_ignores_above(top)]
    yield from _walk(folder, top, ignores)


_Ignores = list[tuple[Path, "pathspec.GitIgnoreSpec"]]


def _walk(folder: Path, absolute: Path, ignores: _Ignores) -> Iterator[Path]:
    # No recursion: folders may lie in one another as deep as somebody likes.
    open_folders = [_entries(folder, absolute, ignores)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif entry.is_folder:
            open_folders.append(_entries(entry.path, entry.absolute, entry.ignores))
        else:
            yield entry.path


@record
class _Entry:
    """A file or a folder that git does not ignore, with the ignore files that rule there."""

    path: Path
    absolute: Path
    is_folder: bool
    ignores: _Ignores


def _entries(folder: Path, absolute: Path, ignores: _Ignores) -> Iterator[_Entry]:
    here = _ignore_file(absolute)
    ignores = [*ignores, (absolute, here)] if here is not None else ignores
    try:
        entries = sorted(os.scandir(absolute), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if (is_folder and entry.name in _NEVER) or _ignored(absolute / entry.name, is_folder, ignores):
            continue
        if is_folder or entry.is_file():
            yield _Entry(folder / entry.name, absolute / entry.name, is_folder, ignores)


def _ignored(path: Path, is_folder: bool, ignores: _Ignores) -> bool:
    """Return git's verdict: the nearest ignore file that has an opinion decides."""
    for base, spec in reversed(ignores):
        relative = path.relative_to(base).as_posix()
        # With the slash patterns for folders match, without it those for any name: the later one decides.
        checks = [spec.check_file(relative + end) for end in (("", "/") if is_folder else ("",))]
        decided = max(checks, key=lambda check: -1 if check.index is None else check.index)
        if decided.include is not None:
            return decided.include
    return False


def _ignores_above(folder: Path) -> _Ignores:
    """Return the ignore files between the repository's root and a folder."""
    root = context_roots.top_of(folder)
    if root is None:
        return []
    between = [parent for parent in reversed(folder.parents) if parent.is_relative_to(root)]
    specs = ((parent, _ignore_file(parent)) for parent in between)
    return [(parent, spec) for parent, spec in specs if spec is not None]


def _ignore_file(folder: Path) -> pathspec.GitIgnoreSpec | None:
    import pathspec

    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    return pathspec.GitIgnoreSpec.from_lines(lines)
