"""The build context as a rule sees it: which files a COPY would really send.

Source: https://docs.docker.com/reference/dockerfile/#copy and how BuildKit walks and copies a context.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from dockgen.dockerfile.ignore import IgnoreFile, State, clean_path, ignore_file_for
from dockgen.dockerfile.patterns import BadPatternError, Pattern
from dockgen.records import field, record
from dockgen.regexes import regex

MOST_FILES = 20_000
_MOST_FOLDERS = 20_000
# Comparisons of a path with a line of the ignore file; some seconds of work at most.
_MOST_COMPARISONS = 10_000_000
_LARGEST_IGNORE_FILE = 1 << 20
_LARGEST_TEXT = 1 << 18
# A name with a wildcard that no backslash takes away; without one BuildKit takes the path as it stands.
_WILDCARD = regex(r"(?:[^*?\[\\]|\\.)*[*?\[]", re.DOTALL)


@record
class BuildContext:
    """A folder as BuildKit would send it.

    `files` are the relative POSIX paths that the ignore file lets through, sorted, without symbolic
    links; `truncated` says that the folder could not be listed whole: too large, or not readable.
    `ignore_path` is the ignore file in force, if any, relative to the root where it lies inside.
    """

    root: Path
    files: tuple[str, ...]
    truncated: bool = False
    ignore_path: str | None = None
    ignore: IgnoreFile = field(default_factory=IgnoreFile, repr=False)

    @classmethod
    def load(cls, root: Path, dockerfile: Path) -> BuildContext:
        """Return the context of a build of `dockerfile` in `root`; links are not followed."""
        path = ignore_file_for(root, dockerfile)
        ignore = _read(path) if path else IgnoreFile()
        files, truncated = _walk(root, ignore)
        return cls(root, tuple(sorted(files)), truncated, _relative(path, root) if path else None, ignore)

    def ignoring(self, text: str, path: str) -> BuildContext:
        """Return the context as it would be with that text in its ignore file."""
        ignore = IgnoreFile.parse(text)
        files, truncated = _walk(self.root, ignore)
        return BuildContext(self.root, tuple(sorted(files)), truncated, path, ignore)

    def sent(self, source: str, exclude: Iterable[str] = (), *, parents: bool = False) -> Iterator[str]:
        """Return the files that COPY of `source` would take: a file, a folder or a pattern.

        `source` and `exclude` (the values of --exclude) have their variables put in; `parents` is COPY's
        --parents, with which `**` crosses folders. What BuildKit refuses takes nothing.
        """
        try:
            left_out = IgnoreFile.of(exclude)
            taken = self._below_parents(source) if parents else self._below(clean_path("/" + source)[1:])
        except BadPatternError:
            return
        for path, inside in taken:
            # BuildKit asks the excluding patterns about what lies inside a source, not about the source.
            if not inside or not left_out.excludes(inside):
                yield path

    def texts(self, wanted: re.Pattern[str], most: int) -> dict[str, str]:
        """Return the texts of the files whose paths match; none where there are more or one is large."""
        paths = [path for path in self.files if wanted.search(path)]
        try:
            if len(paths) > most or any((self.root / one).stat().st_size > _LARGEST_TEXT for one in paths):
                return {}
            return {path: (self.root / path).read_text("utf-8", "replace") for path in paths}
        except OSError:
            return {}

    def _below(self, source: str) -> list[tuple[str, str]]:
        """Return the files of a source with their paths inside it."""
        parts = source.split("/") if source else []
        wild = next((index for index, part in enumerate(parts) if _WILDCARD.match(part)), len(parts))
        start = "".join(part + "/" for part in parts[:wild])
        names = [Pattern(part, plain=True) for part in parts[wild:]]
        found: list[tuple[str, str]] = []
        for path in self.files:
            if not names and path == source:
                found.append((path, ""))
            elif path.startswith(start):
                rest = path[len(start) :].split("/")
                if len(rest) >= len(names) and all(map(Pattern.matches, names, rest)):
                    found.append((path, "/".join(rest[len(names) :])))
        return found

    def _below_parents(self, source: str) -> list[tuple[str, str]]:
        pivot, mark, behind = source.partition("/./")
        start = clean_path("/" + pivot)[1:] if mark else ""
        wanted = clean_path("/" + (behind if mark else source))[1:]
        pattern = IgnoreFile.of([wanted or "**"])
        return [(path, inside) for path, inside in self._below(start) if inside and pattern.excludes(inside)]


def _read(path: Path) -> IgnoreFile:
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST_IGNORE_FILE).decode("utf-8", "surrogateescape")
    except OSError as error:
        return IgnoreFile(problem=f"cannot be read: {error.strerror}")
    return IgnoreFile.parse(text)


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _walk(root: Path, ignore: IgnoreFile) -> tuple[list[str], bool]:
    """Return the files that are sent, those near the root first, and whether some may be missing."""
    files: list[str] = []
    folders: deque[tuple[str, State]] = deque([("", State())])
    truncated = False
    seen = comparisons = 0
    while folders:
        folder, above = folders.popleft()
        seen += 1
        entries = _entries(root / folder)
        truncated = truncated or entries is None
        for name, is_folder in entries or ():
            path = f"{folder}/{name}" if folder else name
            state = ignore.below(above, path)
            comparisons += len(ignore.lines)
            if is_folder and not (state.excluded and not ignore.may_keep_inside(path)):
                folders.append((path, state))
            elif not is_folder and not state.excluded:
                files.append(path)
            if len(files) >= MOST_FILES or seen >= _MOST_FOLDERS or comparisons >= _MOST_COMPARISONS:
                return files, True
    return files, truncated


def _entries(folder: Path) -> list[tuple[str, bool]] | None:
    """Return the names of files and folders in a folder; None where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = [
                (entry.name, entry.is_dir(follow_symlinks=False))
                for entry in entries
                if entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)
            ]
    except OSError:
        return None
    return sorted(found)
