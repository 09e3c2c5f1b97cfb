"""DG0904: a whole file system is copied from another stage.

*Why*

`COPY --from=build / /` brings all of the build stage along: its compiler, its package manager, its caches and
whatever secret lies there. The stages are then separate in name only.

*Bad*

```dockerfile
FROM golang:1.27.2-trixie AS build
RUN go build -o /out/api ./cmd/api

FROM debian:trixie-20261005-slim
COPY --from=build / /
```

*Good*

```dockerfile
FROM golang:1.27.2-trixie AS build
RUN go build -o /out/api ./cmd/api

FROM debian:trixie-20261005-slim
COPY --from=build /out/api /usr/local/bin/api
```

*When it is fine*

From a stage or image that starts from `scratch` and holds only what is to be shipped; and onto `scratch` or
the image that both stages start from, to flatten layers that keep no compiler.

*References*

- https://docs.docker.com/build/building/multi-stage/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.catalog.bases import base_of
from dockgen.dockerfile.model import Dockerfile, Stage
from dockgen.lint.analysis.stages import Transfer, transfers
from dockgen.lint.knowledge.packages import COMPILERS, kept_packages
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0904", "whole-file-system", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each COPY of the root of a stage that is a whole system."""
    for stage in dockerfile.stages:
        if stage.base_image == "scratch":
            continue
        for transfer in transfers(dockerfile, stage):
            if _takes_all(transfer) and _is_system(transfer) and not _is_flattening(transfer, stage):
                name = transfer.source.name or f"number {transfer.source.index}"
                yield RULE.at(
                    transfer.instruction.span,
                    f"the whole file system of stage {name} is copied, its build tools among it",
                    mend="copy only what the program needs",
                )


def _takes_all(transfer: Transfer) -> bool:
    return any(path in {"/", "/.", "/*", "."} for path in transfer.paths) and transfer.destination == "/"


def _is_flattening(transfer: Transfer, stage: Stage) -> bool:
    """Return whether both stages start from one image, no toolchain, and the first keeps no compiler."""
    source = transfer.source
    base = base_of(source.base_image or "")
    if source.base_image != stage.base_image or base is None or base.role == "toolchain":
        return False
    kept = (package.name for one in source.inherited("RUN") for package in kept_packages(one))
    return not COMPILERS & set(kept)


def _is_system(transfer: Transfer) -> bool:
    base = base_of(transfer.source.base_image or "")
    return base is not None and base.role in {"os", "toolchain", "runtime", "server"}
