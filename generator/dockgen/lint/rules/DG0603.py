"""DG0603: the tag is less exact than the repository's most exact one.

*Why*

`python:3.14` is a new image with each patch release; `python:3.14.8-slim-trixie` stays what it was, says
what is inside to a reader, and lets an update arrive as a change that somebody sees and tests.

*Bad*

```dockerfile
FROM python:3.14
```

*Good*

```dockerfile
FROM python:3.14.8-slim-trixie
```

*When it is fine*

Repositories with rolling tags only (distroless, Chainguard) have nothing more exact than a digest.

*References*

- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import frontend_use, image_uses
from dockgen.lint.analysis.tags import is_vague
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0603", "vague-tag", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each image whose tag could be more exact."""
    for use in chain(frontend_use(dockerfile), image_uses(dockerfile)):
        if use.reference.tag == "latest" or (use.base and use.base.rolling_only):
            continue
        if is_vague(use.reference):
            yield RULE.at(
                use.span,
                f"{use.name}:{use.reference.tag} is less exact than the tags of its repository",
                mend="name the whole version, down to its last number",
            )
