"""ReservedStageName: a stage is called `scratch` or `context`.

*Why*

`FROM scratch` is the empty image and `context` the build context; a stage of that name can't be
told from them.

*Bad*

```dockerfile
FROM debian:trixie-slim AS scratch
```

*Good*

```dockerfile
FROM debian:trixie-slim AS base
```

*References*

- https://docs.docker.com/reference/build-checks/reserved-stage-name/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit

CHECK = Check("ReservedStageName")
_RESERVED = frozenset({"context", "scratch"})


def find(build: Build) -> Iterator[Hit]:
    """Look at the stages' names."""
    for stage in build.dockerfile.stages:
        if stage.name and stage.name.lower() in _RESERVED:
            yield Hit(
                stage.start.span,
                f"a stage should not be named '{stage.name.lower()}', which has a meaning of its own",
                mend="choose another name",
            )
