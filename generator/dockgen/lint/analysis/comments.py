"""What the author says right above a line."""

from __future__ import annotations

from dockgen.dockerfile.model import Dockerfile
from dockgen.dockerfile.remembered import remembered


def above(dockerfile: Dockerfile, line: int) -> str:
    """Return the comment lines that end right above a line, joined; empty where there is none."""
    texts = _by_line(dockerfile)
    block: list[str] = []
    while line - 1 in texts:
        line -= 1
        block.append(texts[line])
    return " ".join(reversed(block))


# Rules ask of every line that names an image.
@remembered(most=256)
def _by_line(dockerfile: Dockerfile) -> dict[int, str]:
    return {one.span.start.line: one.text for one in dockerfile.comments}
