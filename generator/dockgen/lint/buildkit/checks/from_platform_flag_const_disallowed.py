"""FromPlatformFlagConstDisallowed: `FROM --platform` names one fixed platform.

*Why*

The stage then has that platform whatever the build asks for, and the image can't be built for
another. Leave the flag out, use `$BUILDPLATFORM`, or let the stage's name say that it is for one platform.

*Bad*

```dockerfile
FROM --platform=linux/amd64 golang:1.26 AS build
```

*Good*

```dockerfile
FROM --platform=linux/amd64 golang:1.26 AS build-amd64
```

*References*

- https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.buildkit.platform import parse

CHECK = Check("FromPlatformFlagConstDisallowed")


def find(build: Build) -> Iterator[Hit]:
    """Look for a value without variables, in a stage whose name does not mention it."""
    for stage in build.dockerfile.stages:
        flag = stage.start.flag("platform")
        expansion = build.arguments.expand(flag.value) if flag and flag.value else None
        if not expansion or expansion.used or expansion.unset or not expansion.text:
            continue
        platform = parse(expansion.text)
        name = (stage.name or "").lower()
        if platform and platform.system not in name and platform.architecture not in name:
            yield Hit(
                stage.start.span,
                f"--platform should not be the constant '{expansion.text}'",
                governor=stage.start,
                mend="leave the flag out, or use $BUILDPLATFORM",
            )
