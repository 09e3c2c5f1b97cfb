"""RedundantTargetPlatform: `FROM --platform=$TARGETPLATFORM` says what is the case anyway.

*Why*

The target platform is the default. The flag is only needed for another one, mostly
`$BUILDPLATFORM` for a stage that compiles across platforms.

*Bad*

```dockerfile
FROM --platform=$TARGETPLATFORM golang:1.26
```

*Good*

```dockerfile
FROM --platform=$BUILDPLATFORM golang:1.26
```

*References*

- https://docs.docker.com/reference/build-checks/redundant-target-platform/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit

CHECK = Check("RedundantTargetPlatform")
_TARGET = "TARGETPLATFORM"


def find(build: Build) -> Iterator[Hit]:
    """Expand the flag's value: it must come to the target platform through that variable alone."""
    for stage in build.dockerfile.stages:
        flag = stage.start.flag("platform")
        expansion = build.arguments.expand(flag.value) if flag and flag.value else None
        if not expansion or expansion.used != (_TARGET,) or expansion.unset:
            continue
        if expansion.text == build.defaults.get(_TARGET):
            yield Hit(
                stage.start.span,
                f"the platform ${_TARGET} is the default and need not be set",
                governor=stage.start,
                mend="leave out --platform",
            )
