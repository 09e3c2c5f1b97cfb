"""Which folder is a Dockerfile's build context, and what is known of it."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dockgen.errors import DockgenError
from dockgen.regexes import regex

if TYPE_CHECKING:
    from dockgen.lint.context import BuildContext

_COPY = regex(r"^[ \t]*(?:COPY|ADD)[ \t]+(?P<words>\S[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_PATTERN = regex(r"[*?\[$]|://")
# Listing more than that to tell whether anything changed would cost more than linting anew.
_MOST_FILES = 20_000


def guessed(path: Path, source: str) -> Path:
    """Return the nearest folder, from the Dockerfile's own up to the repository's root, that has all sources.

    Where none has all, it is the one that has the most; the Dockerfile's own folder where none has any.
    """
    own = str(path.absolute().parent)
    wanted = set(_plain_sources(source))
    if not wanted:
        return Path(own)
    candidates = [own, *_parents_in_repository(own)]
    # Some sources are made only before the build: the most that are there, in the nearest folder.
    return Path(max(candidates, key=lambda folder: sum(os.path.exists(f"{folder}/{one}") for one in wanted)))


def _parents_in_repository(folder: str) -> Iterator[str]:
    """Yield the folders above, as long as they belong to the same repository."""
    top = _top_above(folder)
    while top and folder != top:
        folder = os.path.dirname(folder)
        yield folder


def _plain_sources(source: str) -> Iterator[str]:
    """Yield what COPY and ADD take from the build context by a plain name, as far as one line tells."""
    for match in _COPY.finditer(source):
        words = match["words"].split()
        names = [word.strip("\"',[]") for word in words if not word.startswith("--")]
        if not any(word.startswith("--from") for word in words) and not words[-1].endswith("\\"):
            # `..` ends at the context's root for BuildKit.
            yield from (posixpath.normpath(f"/{name}")[1:] for name in names[:-1] if _is_plain(name))


def _is_plain(name: str) -> bool:
    return bool(name.strip("/")) and not _PATTERN.search(name) and not name.startswith(("<<", "git@"))


def top_of(folder: Path) -> Path | None:
    """Return the folder of the repository that an absolute path is part of; None outside of any."""
    top = _top_above(str(folder))
    return Path(top) if top else None


def inside(file: Path, root: Path | None) -> str:
    """Return a Dockerfile's path inside its repository, or else inside the working folder or the context."""
    path = Path(os.path.normpath(file.absolute()))
    base = top_of(path.parent)
    if base is None:
        bases = (Path.cwd(), root.absolute() if root else path.parent)
        base = next((one for one in bases if path.is_relative_to(one)), path.parent)
    return path.relative_to(base).as_posix()


def _top_above(folder: str) -> str | None:
    while not _is_top(folder):
        below, folder = folder, os.path.dirname(folder)
        if folder == below:
            return None
    return folder


@cache
def _is_top(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def repository(root: Path) -> Path | None:
    """Return the folder of the repository that a build context is part of."""
    return root if (root / ".git").exists() else top_of(root.absolute())


@cache
def _listed(root: Path, dockerfile: Path | None) -> BuildContext:
    from dockgen.lint.context import BuildContext

    return BuildContext.load(root, dockerfile or root / "Dockerfile")


def build_context(root: Path, dockerfile: Path | None) -> BuildContext:
    """Return the build context; Dockerfiles without an ignore file of their own share one listing."""
    if dockerfile is None or not dockerfile.with_name(dockerfile.name + ".dockerignore").exists():
        return _listed(root, None)
    return _listed(root, dockerfile)


@cache
def locked(root: Path, folder: Path | None = None) -> Mapping[str, str]:
    """Return the digests of dockgen.lock by image name; empty where there is none to read.

    It lies in the Dockerfile's own `folder`, which a workspace's member has below the build context.
    """
    places = [place / "dockgen.lock" for place in (folder, root) if place]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return {}
    from dockgen.output.lock import load

    try:
        return load(path.read_text("utf-8")).images
    except (OSError, ValueError, DockgenError):
        return {}


@cache
def fingerprint(root: Path) -> str | None:
    """Return what changes whenever a file in the folder does; None where the folder is too large to tell."""
    rows: list[str] = []
    for row in _rows(str(root)):
        rows.append(row)
        if len(rows) > _MOST_FILES:
            return None
    return "\n".join(sorted(rows))


def forget() -> None:
    """Forget what was read of folders: a fix has changed files in them."""
    from dockgen.lint.knowledge import project_files

    for known in (_listed, locked, fingerprint, _is_top):
        known.cache_clear()
    project_files.forget()


def _rows(top: str) -> Iterator[str]:
    waiting = [top]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield entry.path
                if entry.name != ".git":
                    waiting.append(entry.path)
            else:
                status = entry.stat(follow_symlinks=False)
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns} {status.st_mode}"
