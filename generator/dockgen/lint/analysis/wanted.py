"""Images that are to follow the newest state of what they are made of, as path or comment say."""

from __future__ import annotations

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.comments import above
from dockgen.regexes import regex

_ROLLING = regex(
    r"(?i)(?:^|/)(?:tip|nightly|edge|canary|rolling|snapshot|master|head)(?:/|$)|"
    r"[._-](?:tip|nightly|edge|canary|snapshot)(?:[._-][^/]{0,80})?$|(?:^|/)(?:nightly|edge|canary)\.[^/]{0,80}$"
)
_WANTED = regex(r"(?i)\b(?:latest|newest|up[- ]to[- ]date|freshest)\b")
_DENIED = regex(r"(?i)\b(?:never|not|don'?t|avoid|pin(?:ned)?|instead|todo|fixme)\b")


def is_newest_wanted(dockerfile: Dockerfile, line: int) -> bool:
    """Return whether the file is one for nightly builds, or the comment above the line wants the newest."""
    comment = above(dockerfile, line)
    wanted = _WANTED.search(comment) is not None and _DENIED.search(comment) is None
    return wanted or _ROLLING.search(dockerfile.path) is not None
