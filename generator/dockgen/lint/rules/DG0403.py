"""DG0403: a pinned package is a version that gets no more security updates.

*Why*

The pin keeps the version when everything around it is updated. Past its end of life nobody mends what is
found in it, and scanners of the distribution's packages do not see what came from elsewhere.

*Bad*

```dockerfile
FROM debian:trixie-slim
ENV NODE_VERSION=16.20.2
RUN curl -fsSLO https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-x64.tar.xz
```

*Good*

```dockerfile
FROM debian:trixie-slim
ENV NODE_VERSION=24.21.0
RUN curl -fsSLO https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-x64.tar.xz
```

*When it is fine*

The distribution or a vendor keeps this version alive and the package comes from there: packages that have the
version in their name are reported only where the stage adds another source (deadsnakes, sury, Remi). An
argument that nothing in the file reads is not told either.

*References*

- https://endoflife.date
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.catalog.eol import end_of_life
from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.cycles import SHORT_LIVED, since
from dockgen.lint.knowledge.pins import is_kept_alive, is_unread, pins
from dockgen.lint.model import Confidence, Context, Finding, Rule, Severity

RULE = Rule("DG0403", "end-of-life-pin", Severity.WARNING, confidence=Confidence.MEDIUM)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at package pins and at the version variables of downloads."""
    told: set[tuple[str, str]] = set()
    for stage in dockerfile.stages:
        for instruction in stage.instructions:
            for pin in pins(instruction) if context.today else ():
                ended = end_of_life(pin.product, pin.version, context.today)
                if ended is None or ended.product in SHORT_LIVED or (pin.product, pin.version) in told:
                    continue
                if is_kept_alive(pin, stage) or is_unread(pin, dockerfile):
                    continue
                told.add((pin.product, pin.version))
                message = f"{pin.written} has had no security updates {since(ended)}"
                yield RULE.at(pin.span, message, mend="move to a supported version")
