"""NoEmptyContinuation: an instruction that goes on over several lines has an empty one between them.

*Why*

An empty line looks like the end of the instruction, yet it is not. BuildKit warns that it will
refuse such files one day.

*Bad*

```dockerfile
FROM debian:trixie-slim
RUN apt-get update && \\

    apt-get --version
```

*Good*

```dockerfile
FROM debian:trixie-slim
RUN apt-get update && \\
    # a comment is fine
    apt-get --version
```

*References*

- https://docs.docker.com/reference/build-checks/no-empty-continuation/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.characters import SPACES
from dockgen.dockerfile.model import Instruction, Position, Span
from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.model import Edit, Fix

CHECK = Check("NoEmptyContinuation")


def find(build: Build) -> Iterator[Hit]:
    """Follow each instruction's continuation; BuildKit names the line on which it ends."""
    for instruction in build.dockerfile.instructions:
        empty, last = _continuation(build, instruction)
        if empty:
            text = build.lines[last - 1]
            yield Hit(
                Span(Position(last, 1), Position(last, len(text) + 1)),
                f"an empty line stands inside the {instruction.written} instruction that ends here",
                mend="delete the empty line",
                fix=_fix(empty, last),
            )


def _continuation(build: Build, instruction: Instruction) -> tuple[list[int], int]:
    """Return the numbers of the empty lines and of the last line, here-documents left out."""
    number, empty = instruction.line, []
    while number < len(build.lines) and _goes_on(build.lines[number - 1], build.dockerfile.escape):
        number += 1
        while number <= len(build.lines):
            start = build.lines[number - 1].lstrip(SPACES)[:1]
            if start not in ("", "#"):
                break
            empty += [] if start else [number]
            number += 1
    return empty, min(number, len(build.lines))


def _goes_on(line: str, escape: str) -> bool:
    stripped = line.rstrip(" \t")
    return stripped.endswith(escape) and stripped[-2:-1] != escape


def _fix(empty: list[int], last: int) -> Fix | None:
    """Delete the lines, unless the file ends with one: then the continuation itself is the mistake."""
    if last in empty:
        return None
    edits = tuple(Edit(Span(Position(number, 1), Position(number + 1, 1)), "") for number in empty)
    return Fix("delete the empty lines", edits)
