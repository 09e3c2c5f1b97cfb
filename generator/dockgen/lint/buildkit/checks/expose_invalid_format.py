"""ExposeInvalidFormat: EXPOSE names an IP address or a port of the host.

*Why*

EXPOSE only tells which ports the container listens on. Where they are published is said at run time
(`docker run -p`); the address and the host's port are ignored here, and BuildKit will refuse them one day.

*Bad*

```dockerfile
FROM node:24
EXPOSE 127.0.0.1:80:8080
```

*Good*

```dockerfile
FROM node:24
EXPOSE 8080
```

*References*

- https://docs.docker.com/reference/build-checks/expose-invalid-format/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.buildkit.ports import ports

CHECK = Check("ExposeInvalidFormat")


def find(build: Build) -> Iterator[Hit]:
    """Look for what stands before the container's port."""
    for step in build.steps:
        for port in ports(step):
            if port.address or port.host:
                yield Hit(
                    step.place.span,
                    f"EXPOSE names a port of the container only, but '{port.text}' maps it to the host",
                    governor=step.governor,
                    mend=f"write {port.container}",
                )
