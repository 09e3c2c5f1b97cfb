"""One blank line before each stage and after each here-document, none elsewhere."""

from __future__ import annotations

from dockgen.dockerfile.parser import parse


def lay_out(text: str) -> str:
    """Return a Dockerfile's text with its blank lines set; here-documents stay as they are."""
    dockerfile = parse(text)
    kept: set[int] = set()
    ends: set[int] = set()
    for instruction in dockerfile.instructions:
        if instruction.heredocs:
            first, last = instruction.heredocs[0].span.start.line, instruction.span.end.line
            kept |= set(range(first, last + 1))
            ends.add(last)
    starts = {instruction.line for instruction in dockerfile.instructions if instruction.keyword == "FROM"}
    numbered = list(enumerate(dockerfile.lines, 1))
    lines: list[str] = []
    for number, line in numbered:
        if number in kept or line.strip():
            if number in starts:
                _part(lines)
            lines.append(line if number in kept else line.rstrip())
            if number in ends:
                lines.append("")
    return "\n".join(lines).strip("\n") + "\n"


def _part(lines: list[str]) -> None:
    """Put a blank line before the comment that belongs to the FROM to come."""
    at = len(lines)
    while at and lines[at - 1].startswith("#") and not lines[at - 1].startswith("# syntax="):
        at -= 1
    if at and lines[at - 1]:
        lines.insert(at, "")
