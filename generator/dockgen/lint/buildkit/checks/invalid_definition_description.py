"""InvalidDefinitionDescription: the comment above a stage or an ARG does not begin with its name.

*Why*

`docker build --call=outline` and `--call=targets` show a comment as the description of what it
stands above, if it has the form `# name description`. Experimental: it speaks only where the file says
`# check=experimental=InvalidDefinitionDescription`.

*Bad*

```dockerfile
# check=experimental=InvalidDefinitionDescription
# here we compile
FROM golang:1.26 AS build
```

*Good*

```dockerfile
# check=experimental=InvalidDefinitionDescription
# build compiles the server
FROM golang:1.26 AS build
```

*When it is fine*

The comment is no description. A line with only `#` between them says so.

*References*

- https://docs.docker.com/reference/build-checks/invalid-definition-description/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Instruction
from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit

CHECK = Check("InvalidDefinitionDescription", experimental=True)


def find(build: Build) -> Iterator[Hit]:
    """Look at the last comment line above each ARG and each named stage."""
    for instruction in build.dockerfile.instructions:
        names = _names(instruction)
        comments = build.comments_above(instruction) if names else []
        if not comments or comments[-1].split(" ")[0] in names:
            continue
        shown = names[0] if len(names) == 1 else "<name>"
        yield Hit(
            instruction.span,
            f"the comment above {instruction.keyword} should have the form '# {shown} <description>'",
            governor=instruction,
            mend="begin it with the name, or put a line with only # below it",
        )


def _names(instruction: Instruction) -> list[str]:
    if instruction.keyword == "ARG":
        return [key.text for key, _ in instruction.pairs]
    named = instruction.keyword == "FROM" and len(instruction.words) == 3
    return [instruction.words[2].text.lower()] if named else []
