"""DG1002: HEALTHCHECK calls a program that the image does not have.

*Why*

The probe fails each time, so the container is called unhealthy although it works: an orchestrator restarts
it for ever, and nobody believes the state any more.

*Bad*

```dockerfile
FROM debian:trixie-20261005-slim
HEALTHCHECK CMD curl -f http://127.0.0.1:8080/healthz || exit 1
```

*Good*

```dockerfile
FROM alpine:3.24.2
HEALTHCHECK CMD ["wget", "-q", "--spider", "http://127.0.0.1:8080/healthz"]
```

*When it is fine*

Where the program is mounted at run time. Better than installing curl: ask with the language's own run time,
or with a flag of the program itself.

*References*

- https://docs.docker.com/reference/dockerfile/#healthcheck
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.probes import called, is_missing
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG1002", "healthcheck-program-missing", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield the HEALTHCHECK in force in the final stage if its program is missing."""
    stage = dockerfile.final_stage
    checks = stage.inherited("HEALTHCHECK") if stage else []
    if stage is None or not checks:
        return
    missing = next((program for program in called(checks[-1]) if is_missing(program, stage)), None)
    if missing:
        what = "needs a shell" if missing == "sh" else f"calls {missing}"
        yield RULE.at(
            checks[-1].span,
            f"HEALTHCHECK {what}, which {stage.base_image} has not and nothing here installs",
            mend="ask with a program that the image has, or with a flag of its own program",
        )
