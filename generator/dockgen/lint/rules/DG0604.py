"""DG0604: an image without a digest can be replaced under its tag.

*Why*

A tag is a label that its owner, or whoever took over the account, can move at any time. A digest is the
hash of the content: it cannot be replaced, and the same Dockerfile gives the same image.

*Bad*

```dockerfile
FROM alpine:3.24.2
```

*Good*

```dockerfile
FROM alpine:3.24.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
```

*When it is fine*

Where nobody updates the digests: a pinned image that is never renewed keeps its vulnerabilities.

*References*

- https://docs.docker.com/dhi/core-concepts/digests/
- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import frontend_use, image_uses
from dockgen.lint.analysis.locks import locked_digest
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0604", "missing-digest", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each image that no digest fixes, the front end of `# syntax=` among them."""
    for use in chain(frontend_use(dockerfile), image_uses(dockerfile)):
        if not use.reference.digest and locked_digest(use.reference, context.locked) is None:
            yield RULE.at(use.span, f"{use.written} has no digest", mend="add the digest: @sha256:…")
