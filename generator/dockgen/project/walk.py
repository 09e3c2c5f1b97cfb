"""The walk over a project folder: breadth first, bounded, never out of the folder."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from dockgen.errors import ProjectError
from dockgen.project.reading import is_inside
from dockgen.records import record

PRUNED = frozenset(
    {
        ".git", ".hg", ".svn", "node_modules", "bower_components", "__pycache__", ".venv", ".tox", ".nox",
        ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".eggs", ".next", ".nuxt",
        ".svelte-kit", ".turbo", ".parcel-cache", ".angular", ".gradle", ".terraform",
        ".pnpm-store", ".cache",
    }
)  # fmt: skip
# Built into by a tool whose own file stands beside them; elsewhere they are folders like any other.
PRUNED_BESIDE = {
    "target": frozenset({"Cargo.toml", "pom.xml", "build.sbt"}),
    "dist": frozenset({"package.json", "pyproject.toml", "setup.py"}),
}
# Their own files tell what is vendored (modules.txt), their folders what is kept (.yarn/cache).
# What lies below is other people's code.
SHALLOW = frozenset({"vendor", ".yarn"})
MAX_NOTES = 200


@record
class Limits:
    """How far a walk goes: files and folders in all, files of one folder below the root, seconds."""

    files: int = 20_000
    folders: int = 4_000
    files_per_folder: int = 2_000
    root_files: int = 250_000
    seconds: float = 2.0


DEFAULT_LIMITS = Limits()


@record
class Skipped:
    """What was not taken into the tree, and why; `path` is fit to be shown."""

    path: str
    reason: str


class Walked:
    """The outcome of a walk; `boundary` is the real path of its root."""

    def __init__(self, boundary: str) -> None:
        self.boundary = boundary
        self.files: list[str] = []
        self.folders: list[str] = []
        self.skipped: list[Skipped] = []
        self.truncated = False

    def skip(self, path: str, reason: str) -> None:
        """Note what was left out; a bounded number of notes is kept."""
        if len(self.skipped) < MAX_NOTES:
            self.skipped.append(Skipped(shown(path), reason))

    def stop(self, path: str, reason: str) -> None:
        """Note that the budget is used up."""
        self.truncated = True
        self.skip(path, reason)


def shown(path: str) -> str:
    """Return a path with control and undecodable characters written as escapes."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def walk(root: Path, limits: Limits) -> Walked:
    """Walk the folder; raises ProjectError where it is missing, is none, or cannot be read."""
    if "\0" in str(root):
        raise ProjectError(f"{shown(str(root))}: not the name of a folder", "Name a project folder.")
    walked = Walked(boundary=os.path.realpath(root))
    deadline = time.monotonic() + limits.seconds
    queue = deque([""])
    opened = 0
    while queue:
        folder = queue.popleft()
        if time.monotonic() > deadline:
            walked.stop(folder, f"reading the folders took longer than {limits.seconds:g} s")
            break
        if opened >= limits.folders or (folder and len(walked.files) >= limits.files):
            walked.stop(folder, f"more than {limits.files:,} files or {limits.folders:,} folders")
            break
        opened += 1
        queue.extend(_list_folder(root, folder, walked, limits))
    return walked


def _list_folder(root: Path, folder: str, walked: Walked, limits: Limits) -> Iterable[str]:
    """Take in one folder; return its subfolders that are to be looked into."""
    prefix = f"{folder}/" if folder else ""
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(root / folder) as entries:
            for entry in entries:
                # The common case first: folders of 200,000 files exist.
                if entry.is_file(follow_symlinks=False) and entry.name.isprintable():
                    files.append(entry.name)
                else:
                    _take_other(entry, prefix, files, folders, walked)
    except (OSError, ValueError) as error:
        _refuse_root(root, folder, error)
        walked.skip(folder, "the folder cannot be read")
        return ()
    _keep_files(folder, prefix, sorted(files), walked, limits)
    folders.sort()
    walked.folders += [prefix + name for name in folders]
    descend = _worth_entering(folder, folders, frozenset(files))
    return [prefix + name for name in descend if not (root / prefix / name).is_symlink()]


def _refuse_root(root: Path, folder: str, error: OSError | ValueError) -> None:
    if folder:
        return
    reason = getattr(error, "strerror", None) or str(error)
    raise ProjectError(f"{shown(str(root))}: {reason}", "Name a project folder that exists and can be read.")


def _keep_files(folder: str, prefix: str, files: list[str], walked: Walked, limits: Limits) -> None:
    room = limits.root_files if not folder else min(limits.files_per_folder, limits.files - len(walked.files))
    if len(files) > room:
        walked.stop(folder, f"{len(files):,} files in one folder, {room:,} of them were taken")
    walked.files += [prefix + name for name in files[:room]]


def _worth_entering(folder: str, folders: list[str], files: frozenset[str]) -> list[str]:
    """Return the folders that hold the project's own files."""
    if folder.rpartition("/")[2] in SHALLOW or "pyvenv.cfg" in files:
        return []
    return [
        name
        for name in folders
        if name not in PRUNED and not (name in PRUNED_BESIDE and files & PRUNED_BESIDE[name])
    ]


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        return "folder" if entry.is_dir() else "file" if entry.is_file() else "other"
    except OSError:
        # A symlink to itself.
        return "other"


def _take_other(
    entry: os.DirEntry[str], prefix: str, files: list[str], folders: list[str], walked: Walked
) -> None:
    name = entry.name
    # A line break in a name could otherwise find its way into an instruction.
    if not name.isprintable():
        walked.skip(prefix + name, "the name holds control or undecodable characters")
    elif entry.is_symlink() and not is_inside(entry.path, walked.boundary):
        walked.skip(prefix + name, "a symlink out of the project")
    elif (kind := _kind(entry)) == "folder":
        folders.append(name)
    elif kind == "file":
        files.append(name)
    else:
        walked.skip(prefix + name, "a broken symlink" if entry.is_symlink() else "a pipe, socket or device")
