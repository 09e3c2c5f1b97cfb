"""DG0903: what one stage builds does not fit the stage that runs it.

*Why*

A program linked with glibc does not start on Alpine or on an empty image, packages compiled for one Python
or Node.js fail in another, and classes of a newer Java do not load in an older one. The build succeeds; the
container fails at its first start, or at the first request that needs the part.

*Bad*

```dockerfile
FROM python:3.14.8-slim-trixie AS build
RUN python -m venv /opt/venv

FROM python:3.13.16-slim-trixie
COPY --from=build /opt/venv /opt/venv
```

*Good*

```dockerfile
FROM python:3.14.8-slim-trixie AS build
RUN python -m venv /opt/venv

FROM python:3.14.8-slim-trixie
COPY --from=build /opt/venv /opt/venv
```

*When it is fine*

Where the program is linked statically in a way the Dockerfile does not show, or uses no C code at all. Of
Go programs without a plain sign of C code (`CGO_ENABLED=1`, `import "C"`), and of a glibc that is older than
the one linked with, the strict profile alone speaks.

*References*

- https://docs.docker.com/build/building/multi-stage/
- https://pkg.go.dev/cmd/cgo
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.fit import misfit
from dockgen.lint.analysis.stages import transfers
from dockgen.lint.model import Confidence, Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0903", "stages-do-not-fit", Severity.WARNING, confidence=Confidence.MEDIUM)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each reason once per stage."""
    sure = context.profile is not Profile.STRICT
    for stage in dockerfile.stages:
        seen: set[str] = set()
        for transfer in transfers(dockerfile, stage):
            wrong = misfit(transfer, stage, context.build, sure=sure)
            if wrong and wrong not in seen:
                seen.add(wrong)
                yield RULE.at(
                    transfer.instruction.span, wrong, mend="build and run on the same version and C library"
                )
