"""InvalidDefaultArgInFrom: without build arguments, FROM's image name comes out empty or invalid.

*Why*

`docker build .` should work as it stands. With an ARG that has no default it fails, or everyone who
builds the image must know what to pass.

*Bad*

```dockerfile
ARG TAG
FROM node:${TAG}
```

*Good*

```dockerfile
ARG TAG=24
FROM node:${TAG}
```

*References*

- https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.buildkit.reference import is_reference

CHECK = Check("InvalidDefaultArgInFrom")


def find(build: Build) -> Iterator[Hit]:
    """Expand each image's name with the defaults."""
    for stage in build.dockerfile.stages:
        expansion = build.arguments.expand(stage.image)
        name = expansion.text if expansion else None
        if name is not None and not is_reference(name):
            shown = f"'{name}'" if name else "nothing"
            yield Hit(
                stage.start.span,
                f"'{stage.image}' comes to {shown} by default, which is no valid image name",
                mend="give the ARG a default",
            )
