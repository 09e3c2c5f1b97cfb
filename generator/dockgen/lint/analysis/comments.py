"""What the author says right above a line."""

from __future__ import annotations

from dockgen.dockerfile.model import Dockerfile


def above(dockerfile: Dockerfile, line: int) -> str:
    """Return the comment lines that end right above a line, joined; empty where there is none."""
    texts = {one.span.start.line: one.text for one in dockerfile.comments}
    block: list[str] = []
    while line - 1 in texts:
        line -= 1
        block.append(texts[line])
    return " ".join(reversed(block))
