"""DG0607: files come out of an image that nothing pins.

*Why*

`COPY --from=` and `RUN --mount=from=` take programs out of other people's images and put them into yours.
Without a version the next build takes whatever the image holds then; it is a base image in all but name.

*Bad*

```dockerfile
FROM python:3.14.8-slim-trixie
COPY --from=ghcr.io/astral-sh/uv:latest /uv /usr/local/bin/uv
```

*Good*

```dockerfile
FROM python:3.14.8-slim-trixie
COPY --from=ghcr.io/astral-sh/uv:0.12.24 /uv /usr/local/bin/uv
```

*When it is fine*

A name that `--build-context` or a bake file replaces by a folder is no image; a bare name is reported only
if it is a well-known one. Images that the same repository builds move with it. By default images are not
reported either that are to follow the newest state of all: in a file or folder called `tip`, `nightly`,
`edge` and the like, and where the comment above says that the latest is wanted.

*References*

- https://docs.docker.com/reference/dockerfile/#copy---from
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import image_uses, is_official, moves
from dockgen.lint.analysis.wanted import is_newest_wanted
from dockgen.lint.knowledge.own_images import is_own_image
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0607", "unpinned-source-image", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each image of COPY --from and --mount=from= without a fixed tag or a digest."""
    for use in image_uses(dockerfile):
        if use.place not in {"COPY", "mount"} or use.reference.digest:
            continue
        if use.reference.tag is None and not ("/" in use.written or is_official(use)):
            continue
        if context.build and is_own_image(use.name, context.build.root):
            continue
        if context.profile is not Profile.STRICT and is_newest_wanted(dockerfile, use.span.start.line):
            continue
        if use.reference.tag in {None, "latest"} or moves(use):
            yield RULE.at(
                use.span,
                f"files are taken out of {use.written}, which is another image with each release",
                mend=f"name a version: {use.name}:<version>, best with its digest",
            )
