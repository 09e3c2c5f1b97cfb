"""DG0605: a digest without a tag does not say which version it is.

*Why*

A bare digest is fixed, but neither a reader nor an update bot can tell what it is or what would follow it,
so it is seldom renewed. Tag and digest together say both; Docker takes the digest.

*Bad*

```dockerfile
FROM alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
```

*Good*

```dockerfile
FROM alpine:3.24.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
```

*When it is fine*

Where a comment or a build argument names the version.

*References*

- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.catalog.bases import base_of
from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import ImageUse, image_uses
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0605", "digest-without-tag", Severity.INFO)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each image that only a digest names and no comment explains."""
    for use in image_uses(dockerfile):
        bare = use.reference.digest and use.reference.tag is None
        base = base_of(use.written)
        # Where all tags move, none says a version.
        rolling = base is not None and base.rolling_only
        if bare and not rolling and "$" not in use.written and not _is_explained(dockerfile, use):
            yield RULE.at(
                use.span,
                f"{use.name} has a digest but no tag: nobody sees which version it is",
                mend=f"put the tag before the digest: {use.name}:<version>@sha256:…",
            )


def _is_explained(dockerfile: Dockerfile, use: ImageUse) -> bool:
    """Return whether a comment names the tag, or the one just above has a number of a version."""
    line = use.span.start.line
    named = f"{use.name.rpartition('/')[2]}:"
    above = [comment.text for comment in dockerfile.comments if comment.span.start.line == line - 1]
    return any(named in comment.text for comment in dockerfile.comments) or any(
        any(map(str.isdigit, text)) for text in above
    )
