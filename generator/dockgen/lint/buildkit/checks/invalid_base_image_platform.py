"""InvalidBaseImagePlatform: the base image does not exist for the platform that FROM asks for.

*Why*

The stage then runs on another platform than the rest of the build, or the build fails. Needs to know
the platforms of the image: dockgen knows those of common public images by tag, and of others says nothing.

*Bad*

```dockerfile
FROM --platform=windows/amd64 alpine:3.22.6 AS windows
```

*Good*

```dockerfile
FROM --platform=linux/arm64 alpine:3.22.6 AS arm64
```

*References*

- https://docs.docker.com/build/building/multi-platform/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.catalog.bases import parse_reference
from dockgen.catalog.images import by_reference
from dockgen.dockerfile.model import Stage
from dockgen.lint.buildkit.build import PREDEFINED, Build
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.buildkit.platform import Platform, parse

CHECK = Check("InvalidBaseImagePlatform")


def find(build: Build) -> Iterator[Hit]:
    """Compare the platform asked for with those that the image is known to have."""
    for stage in build.dockerfile.stages:
        wanted = _wanted(build, stage)
        known = _platforms(stage) if wanted else ()
        if wanted and known and not any(_same(platform, wanted) for platform in known):
            made_for = ", ".join(sorted({str(platform) for platform in known}))
            yield Hit(
                stage.start.span,
                f"the base image {stage.resolved} is not made for {wanted}, only for {made_for}",
                mend="take an image that is made for the platform",
            )


def _wanted(build: Build, stage: Stage) -> Platform | None:
    """Return the platform if the file alone says it."""
    flag = stage.start.flag("platform")
    expansion = build.arguments.expand(flag.value) if flag and flag.value and not stage.parent else None
    if not expansion or expansion.unset or not expansion.text or set(expansion.used) & set(PREDEFINED):
        return None
    return parse(expansion.text)


def _platforms(stage: Stage) -> tuple[Platform, ...]:
    reference = parse_reference(stage.resolved or "")
    record = by_reference(reference.repository, reference.tag) if reference and reference.tag else None
    found = (parse(text) for text in (record.platforms if record else ()))
    return tuple(platform for platform in found if platform)


def _same(one: Platform, other: Platform) -> bool:
    return (one.system, one.architecture) == (other.system, other.architecture)
