"""The comments that switch rules off, one by one, with their place and their reason.

Sources: the pragmas of dockgen, of hadolint (README, "Inline ignores") and of BuildKit (build checks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Comment, Dockerfile, Span
from dockgen.records import record

_PRAGMA = re.compile(r"(dockgen|hadolint)[ \t]+(?:global[ \t]+)?ignore[ \t]*=", re.IGNORECASE)
_SKIP = re.compile(r"(?:check\s*=\s*)?(?:.*;)?skip=(?P<ids>[^;\s]*)", re.IGNORECASE)


@record
class Suppression:
    """One comment or directive: who reads it, the ids it names, and why (empty where it does not say)."""

    tool: str
    ids: tuple[str, ...]
    reason: str
    span: Span


def suppressions(dockerfile: Dockerfile) -> Iterator[Suppression]:
    """Yield every suppression of the file.

    hadolint and BuildKit read no reason on the line itself; there a comment just above or below counts.
    """
    comments = {comment.span.start.line: comment for comment in dockerfile.comments}
    for directive in dockerfile.directives:
        found = _SKIP.match(directive.value) if directive.name == "check" else None
        if found:
            reason = _beside(comments, directive.span.start.line)
            yield Suppression("buildkit", _split(found["ids"]), reason, directive.span)
    for comment in dockerfile.comments:
        match = _PRAGMA.match(comment.text)
        if match:
            ids, reason = _parts(comment.text[match.end() :])
            reason = reason or _beside(comments, comment.span.start.line)
            yield Suppression(match[1].lower(), ids, reason, comment.span)


def _parts(text: str) -> tuple[tuple[str, ...], str]:
    """Return the ids and the reason of `DG0201,DG0601 -- reason`."""
    ids, _, reason = text.replace("#", "--", 1).partition("--")
    return _split(ids), reason.strip(" -\t")


def _split(ids: str) -> tuple[str, ...]:
    return tuple(one for one in re.split(r"[,\s]+", ids) if one)


def _beside(comments: dict[int, Comment], line: int) -> str:
    """Return the comment on a neighbouring line that is no pragma itself."""
    near = (comments.get(line - 1), comments.get(line + 1))
    texts = (comment.text.strip() for comment in near if comment)
    return next((text for text in texts if re.search(r"\w", text) and not _PRAGMA.match(text)), "")
