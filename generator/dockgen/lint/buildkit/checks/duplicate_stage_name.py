"""DuplicateStageName: two stages have the same name.

*Why*

Whatever names the stage (`FROM`, `COPY --from`, `--target`) gets the one defined last so far, which
may be another than was meant. The other cannot be reached by its name.

*Bad*

```dockerfile
FROM golang:1.26 AS build
FROM node:24 AS build
```

*Good*

```dockerfile
FROM golang:1.26 AS server
FROM node:24 AS pages
```

*References*

- https://docs.docker.com/reference/build-checks/duplicate-stage-name/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit

CHECK = Check("DuplicateStageName")


def find(build: Build) -> Iterator[Hit]:
    """Compare the names without regard to case."""
    seen: dict[str, int] = {}
    for stage in build.dockerfile.stages:
        if not stage.name:
            continue
        name = stage.name.lower()
        if name in seen:
            yield Hit(
                stage.start.span,
                f"the stage name '{name}' is taken already, on line {seen[name]}",
                mend="give each stage a name of its own",
            )
        seen.setdefault(name, stage.start.line)
