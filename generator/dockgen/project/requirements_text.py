"""Requirements files as pip reads them, with the files that they include.

Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from dockgen.errors import ProjectError
from dockgen.project.facts import Origin
from dockgen.project.requirement import Requirement, normalise, parse_requirement, without_credentials
from dockgen.project.tree import Tree
from dockgen.records import record
from dockgen.regexes import regex

MAX_FILES = 50
_INCLUDE = regex(r"(?:-r|--requirement|-c|--constraint)(?:\s*=\s*|\s+|(?<=-[rc]))(\S+)")
_INDEX = regex(r"(?:-i|--index-url|--extra-index-url|-f|--find-links)(?:\s*=\s*|\s+)(\S+)")
_EGG = regex(r"[#&]egg=([A-Za-z0-9._-]+)")
_REFERENCE = regex(r"(?:git|hg|svn|bzr)\+|https?://|file:|\.{0,2}/|\.\Z|\.\[")


@record
class Listed:
    """A requirement of a file; `requirement` is None for a local project without a name."""

    requirement: Requirement | None
    origin: Origin
    hashed: bool


class Requirements:
    """What a requirements file and those that it includes say; URLs are without credentials."""

    def __init__(self) -> None:
        self.listed: list[Listed] = []
        self.constraints: dict[str, Requirement] = {}
        self.indexes: list[tuple[str, Origin]] = []
        self.files: list[str] = []

    def is_pinned(self, listed: Listed) -> bool:
        """Whether a requirement stands for one version only; a local project is its own version."""
        requirement = listed.requirement
        if requirement is None or requirement.is_pinned:
            return True
        constraint = self.constraints.get(requirement.name)
        return constraint is not None and constraint.is_pinned


def read_requirements(tree: Tree, path: str) -> Requirements:
    """Return what the file says; raises ProjectError for an include that is missing or outside."""
    found = Requirements()
    seen = {(path, False)}
    pending = [(path, False)]
    while pending:
        file, constrains = pending.pop(0)
        found.files += [file] if file not in found.files else []
        for number, line in logical_lines(tree.text(file) or ""):
            origin = Origin(file, number)
            if include := _INCLUDE.match(line):
                entry = (_included(tree, include[1], origin), constrains or line.startswith(("-c", "--c")))
                if entry[0] and entry not in seen and len(seen) < MAX_FILES:
                    seen.add(entry)
                    pending.append(entry)
            else:
                _take(line, origin, constrains, found)
    return found


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines without comments, continued ones joined, with the number of their first line."""
    first, joined = 0, ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        first = first or number
        if line.endswith("\\"):
            joined += line[:-1]
            continue
        content = re.sub(r"(?:^|\s)#.*", "", joined + line).strip()
        if content:
            yield first, content
        first, joined = 0, ""


def _included(tree: Tree, target: str, origin: Origin) -> str:
    """Return the path of an included file in the tree; '' for one that is fetched from elsewhere."""
    if "://" in target:
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin.path), target.strip("\"'")))
    if path.startswith(("../", "/")):
        raise ProjectError(
            f"{origin}: it includes {target}, which is outside of the project",
            "Run dockgen on the folder that holds both files.",
        )
    if not tree.is_file(path):
        raise ProjectError(
            f"{origin}: it includes {target}, which is not there", "Add the file, or take the line out."
        )
    return path


def _take(line: str, origin: Origin, constrains: bool, found: Requirements) -> None:
    if index := _INDEX.match(line):
        found.indexes.append((without_credentials(index[1]), origin))
        return
    editable = re.match(r"(?:-e|--editable)(?:\s*=\s*|\s+)(.*)", line)
    if line.startswith("-") and not editable:
        return
    stated, *options = re.split(r"\s+--(?=\w)", editable[1] if editable else line)
    listed = Listed(_requirement(stated), origin, any(option.startswith("hash") for option in options))
    if not constrains:
        found.listed.append(listed)
    elif listed.requirement:
        found.constraints[listed.requirement.name] = listed.requirement


def _requirement(stated: str) -> Requirement | None:
    if not _REFERENCE.match(stated):
        return parse_requirement(stated)
    egg = _EGG.search(stated)
    url = without_credentials(stated.split()[0].split(";")[0])
    return Requirement(normalise(egg[1]), f"@ {url}", url=url) if egg else None
