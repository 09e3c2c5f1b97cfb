"""Where a workspace begins: the parent folder that declares members, one of which the project is.

Parents are nobody's word: looked at are only marker files that a stack names, in at most eight folders, never
above the repository's top level, at or above the home folder without one, nor in a folder that others own or
may write to.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from dockgen.errors import ProjectError
from dockgen.project import git, patterns
from dockgen.project.facts import Origin, read_source
from dockgen.project.select import as_list
from dockgen.project.tree import Tree
from dockgen.records import record

MAX_LEVELS = 8
MAX_MEMBERS = 500
Source = Mapping[str, Any]


@record
class Root:
    """A folder that declares members by patterns.

    `path` is the folder as the user would write it, `member` the project's POSIX path in it, '' for the root
    itself; `origin` is where the members are declared.
    """

    path: Path
    member: str
    patterns: tuple[str, ...]
    origin: Origin


def find_root(folder: Path, sources: Sequence[Source], lock: str = "") -> Root | None:
    """Return the nearest root that counts the folder among its members, or the folder where it is one.

    Of a source with `excluded: true` the patterns take folders out; a root without the file `lock` is none.
    Raises ProjectError for a marker file that cannot be understood.
    """
    real = Path(os.path.realpath(folder))
    for level, place in enumerate(own_places(real)):
        found = _declared(place, sources, level) if not lock or (place / lock).is_file() else None
        member = "" if level == 0 else real.relative_to(place).as_posix()
        if found and (not member or is_member(member, found[0])):
            return Root(_written(folder, place, level), member, *found)
    return None


def members_of(tree: Tree, wanted: Sequence[str], manifest: str) -> list[str]:
    """Return the folders with a manifest that the patterns mean, sorted; '' is never one."""
    folders = (PurePosixPath(path).parent.as_posix() for path in tree.glob(f"**/{manifest}"))
    return sorted({folder for folder in folders if folder != "." and is_member(folder, wanted)})[:MAX_MEMBERS]


def is_member(folder: str, wanted: Sequence[str]) -> bool:
    """Whether patterns mean a folder; those that begin with `!` take folders out again."""
    plain = [pattern for pattern in wanted if not pattern.startswith("!")]
    taken_out = [pattern[1:] for pattern in wanted if pattern.startswith("!")]
    return _any(folder, plain) and not _any(folder, taken_out)


def _any(folder: str, wanted: Sequence[str]) -> bool:
    return any(patterns.matcher(_tidy(pattern))(folder) for pattern in wanted)


def _tidy(pattern: str) -> str:
    return pattern.removeprefix("./").rstrip("/")


def own_places(real: Path) -> Iterator[Path]:
    """Yield the real path of a folder and those of its parents that may be looked at."""
    top, home = git.toplevel(real), Path(os.path.realpath(Path.home()))
    owner = real.stat().st_uid if real.is_dir() else None
    for level, place in enumerate([real, *real.parents][: MAX_LEVELS + 1]):
        outside = place.parent == place or (top is None and place == home)
        if level and (outside or not _is_own(place, owner)):
            return
        yield place
        if place == top:
            return


def _is_own(folder: Path, owner: int | None) -> bool:
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == owner and not status.st_mode & stat.S_IWOTH


def _declared(place: Path, sources: Sequence[Source], level: int) -> tuple[tuple[str, ...], Origin] | None:
    """Return the patterns by which a folder declares its members, and where."""
    files = {str(name) for source in sources for name in as_list(source["file"])}
    present = tuple(sorted(name for name in files if (place / name).is_file()))
    tree = Tree(root=place, files=present, boundary=os.path.realpath(place))
    above = "../" * level
    try:
        found = [one for source in sources for one in _patterns(tree, source)]
    except ProjectError as error:
        hint = f"{error.hint} `--set context=.` leaves the folders above alone." if level else error.hint
        raise ProjectError(f"{above}{error.message}", hint) from error
    kept = [(text, origin) for text, origin in found if ".." not in text.split("/")]
    if not kept:
        return None
    first = kept[0][1]
    same = tuple(text for text, origin in kept if origin.path == first.path)
    return same, Origin(above + first.path, first.line)


def _patterns(tree: Tree, source: Source) -> list[tuple[str, Origin]]:
    plain = {key: value for key, value in source.items() if key != "excluded"}
    sign = "!" if source.get("excluded") else ""
    read = read_source(tree, plain)
    return [(f"{sign}{item}", origin) for value, origin in read for item in as_list(value)]


def _written(folder: Path, place: Path, level: int) -> Path:
    """Return a parent as the user would write it; by its real path where symlinks are on the way."""
    up = Path(os.path.normpath(folder.joinpath(*[".."] * level)))
    return up if Path(os.path.realpath(up)) == place else place
