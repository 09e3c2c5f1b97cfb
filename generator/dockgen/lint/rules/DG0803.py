"""DG0803: MAINTAINER is deprecated; a label says it.

*Why*

MAINTAINER sets one field that only `docker inspect` shows. A label can be searched, filtered and overridden,
and Docker has asked for it since 2017.

*Bad*

```dockerfile
FROM scratch
MAINTAINER Team Acme <acme@example.com>
```

*Good*

```dockerfile
FROM scratch
LABEL org.opencontainers.image.authors="Team Acme <acme@example.com>"
```

*When it is fine*

Never.

*References*

- https://docs.docker.com/reference/dockerfile/#maintainer-deprecated
- hadolint DL4000, BuildKit MaintainerDeprecated
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.analysis.labels import OCI, quoted, unquoted
from dockgen.lint.model import Context, Edit, Finding, Fix, Rule, Severity

RULE = Rule("DG0803", "maintainer-instruction", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each MAINTAINER."""
    for stage in dockerfile.stages:
        for instruction in stage.instructions:
            if instruction.keyword == "MAINTAINER":
                yield RULE.at(
                    instruction.span,
                    "MAINTAINER is deprecated",
                    mend=f"write LABEL {OCI}authors=…",
                    fix=_as_label(instruction),
                )


def _as_label(instruction: Instruction) -> Fix:
    keyword = "label" if instruction.written.islower() else "LABEL"
    text = f"{keyword} {OCI}authors={quoted(unquoted(instruction.text.strip()))}"
    return Fix("write a label", (Edit(instruction.span, text),))
