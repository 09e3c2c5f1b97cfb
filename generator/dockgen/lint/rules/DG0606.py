"""DG0606: the image differs from the one in dockgen.lock.

*Why*

`dockgen.lock` holds the digests that were resolved, checked and reviewed together. An image of the
Dockerfile with another digest, or with none, is not the one that was checked.

*Bad*

With `busybox:1.38.0` locked to another digest:

```dockerfile
FROM busybox:1.38.0
```

*Good*

```dockerfile
FROM busybox:1.38.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
```

*When it is fine*

Never: run `dockgen update` when the Dockerfile is right and the lock is old.

*References*

- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import frontend_use, image_uses
from dockgen.lint.analysis.locks import locked_digest, pin
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0606", "differs-from-lock", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each image that the lock knows with another digest."""
    if not context.locked:
        return
    for use in chain(frontend_use(dockerfile), image_uses(dockerfile)):
        digest = locked_digest(use.reference, context.locked)
        if digest is None or digest == use.reference.digest:
            continue
        here = "another digest" if use.reference.digest else "no digest"
        yield RULE.at(
            use.span,
            f"{use.name}:{use.reference.tag} has {here} here, and {digest[:19]}… in dockgen.lock",
            mend=f"use {digest}, or run `dockgen update`",
            fix=pin(use, digest),
        )
