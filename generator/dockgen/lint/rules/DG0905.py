"""DG0905: nothing uses this stage.

*Why*

BuildKit builds only what the target needs; a stage that nobody copies from or builds on is never built, its
images are still pulled by older builders, checked by scanners and renewed by update bots, and its lines
mislead the reader.

*Bad*

```dockerfile
FROM golang:1.27.2-trixie
RUN go build -o /out/api ./cmd/api

FROM debian:trixie-20261005-slim
COPY api /usr/local/bin/api
```

*Good*

```dockerfile
FROM golang:1.27.2-trixie AS build
RUN go build -o /out/api ./cmd/api

FROM debian:trixie-20261005-slim
COPY --from=build /out/api /usr/local/bin/api
```

*When it is fine*

A named stage can be a target of its own (`docker build --target test`), or hold a version that a bot keeps
up to date: it is reported in the strict profile only, and never if it says itself what a container of it
starts, its name speaks of development or tests, or a bake or compose file, a workflow, script or Makefile
names it.

*References*

- https://docs.docker.com/build/building/multi-stage/#differences-between-legacy-builder-and-buildkit
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Stage
from dockgen.lint.analysis.stages import has_hidden_sources, needed
from dockgen.lint.knowledge.named_targets import is_target
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0905", "unused-stage", Severity.INFO)
_OTHER_USE = regex(
    r"(^|[-_.\d])(dev(el|elop|elopment|container)?|tests?|testing|e2e|debug(ger)?|lint(er)?|ci|check|cover(age)?|"
    r"bench(mark)?|docs?|local|shell|watch|debugging|validate|format|fmt|generate|update)($|[-_.\d])",
    re.IGNORECASE,
)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each stage that no possible target needs."""
    # Where no stage does anything the file only lists images, for a bot that keeps them up to date.
    if has_hidden_sources(dockerfile) or all(one.name and not one.instructions for one in dockerfile.stages):
        return
    used = needed(dockerfile, (s for s in dockerfile.stages if _is_target(dockerfile, s, context)))
    for stage in dockerfile.stages:
        if stage.index not in used:
            name = f"stage {stage.name}" if stage.name else f"stage number {stage.index}"
            yield RULE.at(
                stage.start.span, f"nothing uses {name}", mend="copy from it, or take it out of the file"
            )


def _is_target(dockerfile: Dockerfile, stage: Stage, context: Context) -> bool:
    targets = {target.lower() for target in context.other_targets}
    if stage is dockerfile.stages[-1] or str(stage.index) in targets:
        return True
    if stage.name is None or stage.name.lower() in targets:
        return stage.name is not None
    if _OTHER_USE.search(stage.name) or any(
        one.keyword in {"ENTRYPOINT", "CMD"} for one in stage.instructions
    ):
        return True
    # One that does nothing may hold a version, for a bot or a workflow that reads the line.
    if context.profile is not Profile.STRICT:
        return True
    return context.root is not None and is_target(stage.name, context.root)
