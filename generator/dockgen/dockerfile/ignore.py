"""`.dockerignore` as BuildKit reads it: which paths stay out of the build context.

Source: https://docs.docker.com/build/concepts/context/#dockerignore-files and the behaviour of moby's
ignore file reader and pattern matcher. Paths are relative, with `/`, as on Linux. Matching never
backtracks: hostile patterns cost pattern length times path length.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from dockgen.dockerfile.characters import SPACES
from dockgen.dockerfile.patterns import BadPatternError, Pattern
from dockgen.records import record

IGNORE_NAME = ".dockerignore"
# The longest line that BuildKit reads: Go's bufio.MaxScanTokenSize, in bytes.
_LONGEST_LINE = 65_536
_MOST_FOLDERS = 10_000


@record
class IgnoreLine:
    """One pattern of an ignore file; `line` counts from 1, `keeps` is true behind a `!`."""

    text: str
    line: int
    keeps: bool
    pattern: Pattern

    @property
    def static_prefix(self) -> str:
        """The folders before the first wildcard: no path outside them can match."""
        return self.pattern.static_prefix


class State(NamedTuple):
    """What the lines of an ignore file say about one path: its fate, and which lines match it."""

    excluded: bool = False
    decided: int | None = None
    matched: tuple[bool, ...] = ()


@record
class IgnoreFile:
    """The patterns of an ignore file, in order: the last that matches a path, or a folder of it, decides.

    `problem` says why BuildKit refuses the file; then nothing is excluded, for nothing would be built.
    """

    lines: tuple[IgnoreLine, ...] = ()
    problem: str = ""

    @classmethod
    def parse(cls, text: str) -> IgnoreFile:
        """Return what a text says; it never raises."""
        found: list[IgnoreLine] = []
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
            if len(line.encode("utf-8", "surrogatepass")) >= _LONGEST_LINE:
                return cls(problem=f"line {number} is longer than BuildKit reads")
            cleaned = _cleaned(line)
            if not cleaned:
                continue
            try:
                found.append(_ignore_line(cleaned, number))
            except BadPatternError as error:
                return cls(problem=f"line {number}: {error}")
        return cls(tuple(found))

    @classmethod
    def of(cls, patterns: Iterable[str]) -> IgnoreFile:
        """Return what a list of patterns says, such as the values of COPY's --exclude.

        Raises:
            BadPatternError: one of them is none.
        """
        stripped = (pattern.strip(SPACES) for pattern in patterns)
        lines = [_ignore_line(clean_path(one), number) for number, one in enumerate(stripped, start=1) if one]
        return cls(tuple(lines))

    @cached_property
    def keeps_some(self) -> bool:
        """Whether a `!` may let back in what an earlier line excludes."""
        return any(line.keeps for line in self.lines)

    def excludes(self, path: str) -> bool:
        """Say whether BuildKit leaves a path out of the context."""
        return self.state(path).excluded

    def decisive(self, path: str) -> IgnoreLine | None:
        """Return the line that decided about a path; None where none had a say."""
        decided = self.state(path).decided
        return None if decided is None else self.lines[decided]

    def state(self, path: str) -> State:
        """Return what the lines say about a path, asked folder by folder as BuildKit's walk does."""
        folder = path.rpartition("/")[0]
        return self.below(self._folder_state(folder) if folder else State(), path)

    def below(self, above: State, path: str) -> State:
        """Return what the lines say about a path whose folder's state is known.

        A line that matched a folder matches all inside it. A line that could not have changed the
        folder's fate was not asked about it, and is not asked again for it here.
        """
        matched: list[bool] = []
        excluded = False
        decided: int | None = None
        for index, line in enumerate(self.lines):
            match = index < len(above.matched) and above.matched[index]
            if not match and line.keeps == excluded:
                match = line.pattern.matches(path)
            matched.append(match)
            if match:
                excluded, decided = not line.keeps, index
        return State(excluded, decided, tuple(matched))

    def _folder_state(self, folder: str) -> State:
        known = self._folders.get(folder)
        if known is None:
            known = State()
            parts = folder.split("/")
            for depth in range(1, len(parts) + 1):
                known = self.below(known, "/".join(parts[:depth]))
            if len(self._folders) < _MOST_FOLDERS:
                self._folders[folder] = known
        return known

    @cached_property
    def _folders(self) -> dict[str, State]:
        return {}

    def may_keep_inside(self, folder: str) -> bool:
        """Say whether a `!` could let back in something inside an excluded folder."""
        return any(line.keeps and _overlap(line.static_prefix, folder) for line in self.lines)


def ignore_file_for(root: Path, dockerfile: Path) -> Path | None:
    """Return the ignore file in force: `<name>.dockerignore` beside the Dockerfile, else the root's."""
    own = dockerfile.with_name(dockerfile.name + IGNORE_NAME)
    return next((path for path in (own, root / IGNORE_NAME) if path.is_file()), None)


def clean_path(path: str) -> str:
    """Return the shortest form of a path, as Go's filepath.Clean does on Linux."""
    rooted = path.startswith("/")
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and kept and kept[-1] != "..":
            kept.pop()
        elif (part == ".." and not rooted) or part not in ("", ".", ".."):
            kept.append(part)
    return ("/" if rooted else "") + "/".join(kept) or "."


def _cleaned(line: str) -> str:
    """Return a line's pattern as the ignore file's reader hands it on; "" where it has none."""
    if line.startswith("#"):
        return ""
    text = line.strip(SPACES)
    mark = "!" if text.startswith("!") else ""
    text = text[len(mark) :].strip(SPACES)
    if text:
        text = clean_path(text)
        text = text[1:] if len(text) > 1 and text.startswith("/") else text
    return clean_path((mark + text).strip(SPACES)) if mark + text else ""


def _ignore_line(text: str, number: int) -> IgnoreLine:
    keeps = text.startswith("!")
    if text == "!":
        raise BadPatternError('illegal exclusion pattern: "!"')
    return IgnoreLine(text, number, keeps, Pattern(text[keeps:]))


def _overlap(prefix: str, folder: str) -> bool:
    """Say whether one path is the other, or holds it."""
    one, other = prefix.strip("/") + "/", folder.strip("/") + "/"
    return prefix == "" or one.startswith(other) or other.startswith(one)
