"""DG0601: an image without a tag, or with the tag latest, is another one tomorrow.

*Why*

Without a tag Docker takes `latest`, and `latest` moves with every release of its repository: the same
Dockerfile builds another image next week, a new major version arrives unannounced, and nobody can say which
one is running. An image that comes with a digest is fixed, whatever its tag says.

*Bad*

```dockerfile
FROM node
```

*Good*

```dockerfile
FROM node:24.21.0-trixie-slim
```

*When it is fine*

Where a build argument decides the tag (`FROM node:${TAG}`), it is the build that has to pin it; such lines
are not reported. A bare name that is no well-known image can be one that the same project builds, or a
folder given with `--build-context`; so is one whose Dockerfile lies in a folder of its name in the same
repository, one called as the repository (`example/app` in `app`, `varnish` in `docker-varnish`), and one that
a Makefile, script, workflow, skaffold, bake or compose file of it builds. Well-known images are the
project's own only where the publisher is called as it, or owns its remote, or a command builds them by name.
What lies below `hack/`, `.devcontainer/` and the like serves those who work on the project: the strict
profile tells it. So it does of distributions without releases, of images of the publisher for whom the
repository builds, and where the newest is wanted: in a file for nightly builds, or by the comment above.

*References*

- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
- hadolint DL3006 and DL3007
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import ImageUse, image_uses, is_official
from dockgen.lint.analysis.wanted import is_newest_wanted
from dockgen.lint.knowledge.own_images import is_namesake, is_of_own_publisher, is_own_image
from dockgen.lint.knowledge.stages import is_own_tool
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0601", "missing-tag", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each FROM whose image has neither a fixed tag nor a digest."""
    if context.profile is not Profile.STRICT and is_own_tool(dockerfile.path):
        return
    for use in image_uses(dockerfile):
        reference = use.reference
        if use.place != "FROM" or reference.digest or use.overridable or _has_only_rolling_tags(use):
            continue
        if context.profile is not Profile.STRICT and _is_to_move(dockerfile, use, context):
            continue
        own = is_own_image if "/" in use.written else is_namesake
        if context.build and own(use.name, context.build.root):
            continue
        mend = f"name a version: {use.name}:<version>, best with its digest"
        if reference.tag is None and ("/" in use.written or is_official(use)):
            yield RULE.at(use.span, f"{use.name} has no tag: each build may take another version", mend=mend)
        elif reference.tag == "latest":
            yield RULE.at(use.span, f"{use.name}:latest is another version with each release", mend=mend)


def _is_to_move(dockerfile: Dockerfile, use: ImageUse, context: Context) -> bool:
    """Return whether there is no version to name, the newest one is wanted, or the publisher is the same."""
    if bool(use.base and use.base.rolling_release) or is_newest_wanted(dockerfile, use.span.start.line):
        return True
    return context.build is not None and is_of_own_publisher(use.name, context.build.root)


def _has_only_rolling_tags(use: ImageUse) -> bool:
    return bool(use.base and use.base.rolling_only)
