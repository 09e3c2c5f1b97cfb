"""DG0209: a build step runs without the sandbox.

*Why*

`RUN --security=insecure` gives the step all capabilities on the build host. Every package that the step
runs code of gets them too.

*Bad*

```dockerfile
FROM alpine:3.24
RUN --security=insecure make install
```

*Good*

```dockerfile
FROM alpine:3.24
RUN --security=sandbox make install
```

*When it is fine*

The step really needs to mount or to start containers, and the builder is thrown away afterwards.

*References*

- https://docs.docker.com/reference/dockerfile/#run---security
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0209", "insecure-step", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the flags of each RUN."""
    for instruction in dockerfile.instructions:
        flag = instruction.flag("security") if instruction.keyword == "RUN" else None
        if flag and (flag.value or "").strip("\"'") == "insecure":
            mend = "drop the flag, or do this step outside of the image's build"
            yield RULE.at(flag.span, "this step has all capabilities on the build host", mend=mend)
