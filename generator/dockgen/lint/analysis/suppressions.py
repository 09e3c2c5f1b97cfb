"""The comments that switch rules off, one by one, with their place and their reason.

Sources: the pragmas of dockgen, of hadolint (README, "Inline ignores") and of BuildKit (build checks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Comment, Dockerfile, Span
from dockgen.lint.pragmas import pragma
from dockgen.records import record
from dockgen.regexes import regex

_SKIP = regex(r"(?:check\s*=\s*)?(?:.*;)?skip=(?P<ids>[^;\s]*)", re.IGNORECASE)


@record
class Suppression:
    """One comment or directive: who reads it, the ids it names, and why (empty where it does not say)."""

    tool: str
    ids: tuple[str, ...]
    reason: str
    span: Span


def suppressions(dockerfile: Dockerfile) -> Iterator[Suppression]:
    """Yield every suppression of the file.

    BuildKit reads no reason on the line itself; a comment just above or below counts, for the others too.
    """
    comments = {comment.span.start.line: comment for comment in dockerfile.comments}
    for directive in dockerfile.directives:
        found = _SKIP.match(directive.value) if directive.name == "check" else None
        if found:
            reason = _beside(comments, directive.span.start.line)
            yield Suppression("buildkit", _split(found["ids"]), reason, directive.span)
    for comment in dockerfile.comments:
        said = pragma(comment.text)
        if said:
            reason = said.reason or _beside(comments, comment.span.start.line)
            yield Suppression(said.tool, said.ids, reason, comment.span)


def _split(ids: str) -> tuple[str, ...]:
    return tuple(one for one in re.split(r"[,\s]+", ids) if one)


def _beside(comments: dict[int, Comment], line: int) -> str:
    """Return the comment on a neighbouring line that is no pragma itself."""
    near = (comments.get(line - 1), comments.get(line + 1))
    texts = (comment.text.strip() for comment in near if comment)
    return next((text for text in texts if re.search(r"\w", text) and pragma(text) is None), "")
