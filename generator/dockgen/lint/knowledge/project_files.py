"""The files in which a project says how its images are built and run, the whole repository's.

A Dockerfile's build context is often a folder of it: manifests, the Makefile and the CI lie above.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from dockgen.lint.context_roots import repository
from dockgen.project.git import origin_url
from dockgen.records import record
from dockgen.regexes import regex

_MOST_ENTRIES = 6000
_MOST_FILES = 300
_LARGEST = 128 * 1024
_NOT_THERE = frozenset({".git", "node_modules", "vendor", "target", "dist", ".venv", "testdata"})
_ENDINGS = (".yaml", ".yml", ".mk", ".sh", ".hcl")
_SERVICES = regex(r"^  (?=[\w.-]{1,80}:[ \t]*$)", re.MULTILINE)
# Where a person reads how the image is run.
_PAGES = regex(r"(?i).*(?:readme|docker|install|deploy|usage|getting[-_]?started|quick[-_]?start).*\.md")
_NAMES = frozenset({"Makefile", "makefile", "GNUmakefile", "justfile", "Justfile"})


@record
class ProjectFile:
    """One of the files: its name and its text."""

    name: str
    text: str

    @property
    def is_yaml(self) -> bool:
        """Whether it is a manifest, a compose file or a workflow by its name."""
        return self.name.endswith((".yaml", ".yml"))

    @property
    def is_page(self) -> bool:
        """Whether it is documentation, whose examples stand between fences."""
        return self.name.endswith(".md")

    @property
    def services(self) -> list[str]:
        """The parts of a compose file, of which each service is one; none where it is no compose file."""
        return _SERVICES.split(self.text) if "services:" in self.text else []

    @property
    def commands(self) -> list[str]:
        """Its lines as a shell reads them: those that a backslash continues are one."""
        return self.text.replace("\\\r\n", " ").replace("\\\n", " ").splitlines()


def project_files(root: Path) -> tuple[ProjectFile, ...]:
    """Return the files of the repository that the folder belongs to, those near its root first."""
    return _read_all(repository(root) or root)


def state(root: Path) -> str:
    """Return what changes with the remote and those of these files that lie above a folder, reading none."""
    above = repository(root)
    if above is None:
        return ""
    return f"{origin_url(above)}\n{_state(above) if above != root else ''}"


@cache
def _state(root: Path) -> str:
    return "\n".join(map(_row, _paths(root)))


def _row(path: Path) -> str:
    try:
        status = path.lstat()
    except OSError:
        return f"{path}"
    return f"{path} {status.st_size} {status.st_mtime_ns}"


@cache
def _read_all(root: Path) -> tuple[ProjectFile, ...]:
    return tuple(ProjectFile(path.name, _text(path)) for path in _paths(root))


def forget() -> None:
    """Forget what was read: files have changed."""
    _read_all.cache_clear()
    _state.cache_clear()


def _paths(root: Path) -> Iterator[Path]:
    wanted = (entry for entry in _entries(root) if _is_wanted(entry.name))
    yield from (Path(entry.path) for entry in islice(wanted, _MOST_FILES))


def _entries(root: Path) -> Iterator[os.DirEntry[str]]:
    """Yield the files of a folder and those below it, level by level, up to a limit."""
    waiting, entries = [root], 0
    while waiting and entries < _MOST_ENTRIES:
        try:
            found = sorted(os.scandir(waiting.pop(0)), key=lambda entry: entry.name)
        except OSError:
            continue
        entries += len(found)
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                waiting += [] if entry.name in _NOT_THERE else [Path(entry.path)]
            elif entry.is_file(follow_symlinks=False):
                yield entry


def _is_wanted(name: str) -> bool:
    return name in _NAMES or name.endswith(_ENDINGS) or _PAGES.fullmatch(name) is not None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace") if path.stat().st_size <= _LARGEST else ""
    except OSError:
        return ""
