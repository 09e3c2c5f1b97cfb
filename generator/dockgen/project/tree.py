"""The project folder as a value: which files there are, and their text; bounded, closed to the outside."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from dockgen.errors import ProjectError
from dockgen.project import patterns, reading
from dockgen.project.walk import DEFAULT_LIMITS, Limits, Skipped, walk
from dockgen.records import field, record, replace

_Parsed = TypeVar("_Parsed")


@record
class Tree:
    """What a project folder holds.

    `files` and `folders` are sorted POSIX paths relative to `root`. Folders of caches and installed
    packages are named in `folders`, but not looked into. `truncated` says that the budget ended before
    the folder did (deep files may be missing, shallow ones are not); `skipped` says what was left out.
    `boundary` is the real path that no symlink may leave: the root of the tree that was scanned.
    """

    root: Path
    files: tuple[str, ...]
    folders: tuple[str, ...] = ()
    truncated: bool = False
    skipped: tuple[Skipped, ...] = ()
    boundary: str = ""
    _texts: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)
    _parsed: dict[tuple[str, str], object] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _file_set(self) -> frozenset[str]:
        return frozenset(self.files)

    @cached_property
    def _folder_set(self) -> frozenset[str]:
        return frozenset(self.folders)

    @cached_property
    def _chosen(self) -> dict[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        # Of this tree's own files: one made of it with others begins anew.
        return {}

    @cached_property
    def _shallow(self) -> tuple[str, ...]:
        return tuple(path for path in self.files if "/" not in path)

    def is_file(self, path: str) -> bool:
        """Whether the file is there; asks the disk where the budget ended early."""
        if path in self._file_set:
            return True
        return self.truncated and self._on_disk(path, Path.is_file)

    def exists(self, path: str) -> bool:
        """Whether the file or folder is there; a trailing `/` asks for a folder."""
        name = path.rstrip("/")
        is_folder = name in ("", ".") or name in self._folder_set
        if is_folder or not self.truncated:
            return is_folder or (path in self._file_set)
        return self.is_file(path) or self._on_disk(name, Path.is_dir)

    def _on_disk(self, path: str, test: Callable[[Path], bool]) -> bool:
        if "\0" in path or ".." in path.split("/"):
            return False
        full = self.root / path
        try:
            return test(full) and reading.is_inside(full, self._real_boundary)
        except OSError:
            return False

    @property
    def _real_boundary(self) -> str:
        return self.boundary or os.path.realpath(self.root)

    def glob(self, pattern: str) -> list[str]:
        """Return the files that a pattern matches, sorted; a pattern that ends in `/` matches folders.

        Knows `*`, `?`, `[..]`, `**` and `{a,b}`. Raises ProjectError for an unreasonable pattern.
        """
        wanted = pattern.removeprefix("./")
        if patterns.is_literal(wanted):
            return self._literal(wanted)
        if wanted.endswith("/"):
            names: tuple[str, ...] = self.folders
        else:
            names = self.files if "/" in wanted or "**" in wanted else self._shallow
        matches = patterns.matcher(wanted.rstrip("/"))
        return [name for name in names if matches(name)]

    def chosen(self, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> tuple[str, ...]:
        """Return the files of some patterns without those of others, in the patterns' order; remembered.

        Many facts look into the same files. Raises ProjectError for an unreasonable pattern.
        """
        if (wanted, unwanted) not in self._chosen:
            refused = [patterns.matcher(pattern) for pattern in unwanted]
            found = dict.fromkeys(path for pattern in wanted for path in self.glob(pattern))
            kept = (path for path in found if not any(matches(path) for matches in refused))
            self._chosen[wanted, unwanted] = tuple(kept)
        return self._chosen[wanted, unwanted]

    def _literal(self, path: str) -> list[str]:
        if path.endswith("/"):
            return [path.rstrip("/")] if self.exists(path) else []
        return [path] if self.is_file(path) else []

    def data(self, path: str, limit: int | None = None) -> bytes | None:
        """Return the bytes of a file; None where there is none.

        Raises ProjectError for what is unreadable, too large, no regular file, or outside of the tree.
        """
        if not self.is_file(path):
            return None
        full = self.root / path
        return reading.read_bytes(full, path, self._real_boundary, limit or reading.limit_of(path))

    def head(self, path: str, size: int) -> bytes | None:
        """Return at most the first `size` bytes of a file, however large it is; None where there is none.

        Raises ProjectError for what is unreadable, no regular file, or outside of the tree.
        """
        if not self.is_file(path):
            return None
        return reading.read_head(self.root / path, path, self._real_boundary, size)

    def text(self, path: str) -> str | None:
        """Return the text of a UTF-8 file without its byte order mark; None where there is none.

        At most 2 MiB, lock files 32 MiB. Raises ProjectError that names file, reason and way out.
        """
        if path not in self._texts:
            content = self.data(path)
            self._texts[path] = None if content is None else reading.decoded(content, path)
        return self._texts[path]

    def parsed(self, path: str, parse: Callable[[str, str], _Parsed]) -> _Parsed | None:
        """Return `parse(text, path)`, remembered by file and function; None where there is no such file."""
        key = (f"{parse.__module__}.{parse.__qualname__}", path)
        if key not in self._parsed:
            text = self.text(path)
            self._parsed[key] = None if text is None else parse(text, path)
        return self._parsed[key]  # type: ignore[return-value]

    def without(self, paths: Collection[str]) -> Tree:
        """Return the tree as if those files were not there."""
        left = tuple(path for path in self.files if path not in paths)
        return self if len(left) == len(self.files) else replace(self, files=left, _texts={}, _parsed={})

    def subtree(self, path: str) -> Tree:
        """Return the part below a folder, its paths relative to it; symlinks may still reach the whole tree.

        Raises ProjectError where there is no such folder.
        """
        name = path.strip("/")
        if name in ("", "."):
            return self
        if not self.exists(f"{name}/"):
            raise ProjectError(
                f"{path}: there is no such folder in the project", "Name a folder of the project."
            )
        cut = f"{name}/"
        return Tree(
            root=self.root / name,
            files=tuple(file.removeprefix(cut) for file in self.files if file.startswith(cut)),
            folders=tuple(folder.removeprefix(cut) for folder in self.folders if folder.startswith(cut)),
            truncated=self.truncated,
            skipped=self.skipped,
            boundary=self._real_boundary,
        )


def scan(root: Path, *, limits: Limits = DEFAULT_LIMITS) -> Tree:
    """Return the tree of a folder, breadth first within the limits.

    Raises ProjectError where the folder is missing, is none, or cannot be read.
    """
    walked = walk(root, limits)
    return Tree(
        root=root,
        files=tuple(sorted(walked.files)),
        folders=tuple(sorted(walked.folders)),
        truncated=walked.truncated,
        skipped=tuple(walked.skipped),
        boundary=walked.boundary,
    )
