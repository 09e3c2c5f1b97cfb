"""The build context as a rule sees it: which files a COPY would really send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BuildContext:
    """A folder as BuildKit would send it.

    `files` are the relative POSIX paths that the ignore file lets through, sorted; `truncated` says that
    the folder was too large to list whole. `ignore_path` is the ignore file in force, if any.
    """

    root: Path
    files: tuple[str, ...]
    truncated: bool = False
    ignore_path: str | None = None

    def sent(self, source: str) -> Iterator[str]:
        """Return the files that COPY of `source` (a path or a pattern of BuildKit's) would take."""
        raise NotImplementedError
