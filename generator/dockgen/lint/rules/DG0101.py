"""DG0101: the final stage starts from an image made to build with.

*Why*

Compilers, package sources and headers are of no use to a running application. They make the image several
times larger, bring most of its known vulnerabilities, and give an intruder a workshop.

*Bad*

```dockerfile
FROM golang:1.27
WORKDIR /src
COPY . .
RUN go build -o /app .
EXPOSE 8080
CMD ["/app"]
```

*Good*

```dockerfile
FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
EXPOSE 8080
CMD ["/app"]
```

*When it is fine*

An image that people develop, test or build in; an application that compiles code while it runs. A file or
stage that has `jdk` in its name is taken for the flavour with the JDK on purpose. The default profile speaks
of services alone (a port, a health check, a known server, a compose file or a manifest that keeps the image
running): any other image may be one to build or test in.

*References*

- https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image
- https://docs.docker.com/build/building/multi-stage/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Stage
from dockgen.lint.knowledge.packages import kept_packages
from dockgen.lint.knowledge.services import may_serve
from dockgen.lint.knowledge.stages import (
    base_of_stage,
    compiles_at_run_time,
    is_started,
    is_windows,
    is_workshop,
)
from dockgen.lint.knowledge.starters import builds_at_start
from dockgen.lint.model import Context, Finding, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0101", "toolchain-in-final-stage", Severity.WARNING)
# What the go command fetches modules with, and nothing else in an image of Go asks for.
_FETCHERS = {"mercurial", "subversion", "bzr", "breezy"}

# A file, folder or stage of that name is one flavour beside another with the run time only.
_JDK_ON_PURPOSE = regex(r"(?i)(?<![a-z])jdk(?![a-z])")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the image at the root of the final stage."""
    stage = dockerfile.final_stage
    if stage is None or not is_started(stage) or is_workshop(dockerfile):
        return
    base = base_of_stage(stage)
    start = stage.lineage[-1].start
    if not (base and base.role == "toolchain" and base.smaller and start.words):
        return
    if not may_serve(stage, context, dockerfile.path):
        return
    if not (_serves_modules(stage) or _is_meant(dockerfile, stage, context)):
        image = stage.base_image or ""
        yield RULE.at(
            start.words[0].span,
            f"the final stage ships the build tools of {image.partition('@')[0]}",
            mend=f"build in an earlier stage and start the final one from {base.smaller}",
        )


def _is_meant(dockerfile: Dockerfile, stage: Stage, context: Context) -> bool:
    """Return whether the container compiles while it runs, or nothing smaller is meant or to be had."""
    if _JDK_ON_PURPOSE.search(f"{dockerfile.path} {stage.name or ''}") or is_windows(dockerfile, stage):
        return True
    return compiles_at_run_time(stage) or builds_at_start(stage, context.build)


def _serves_modules(stage: Stage) -> bool:
    """Return whether a stage of its own installs what only a go command that runs in the container calls."""
    if stage.parent is not None or "golang" not in (stage.base_image or ""):
        return False
    runs = (one for one in stage.instructions if one.keyword == "RUN")
    return any(package.name in _FETCHERS for one in runs for package in kept_packages(one))
