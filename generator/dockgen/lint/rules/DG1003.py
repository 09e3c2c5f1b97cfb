"""DG1003: the image serves a port, and no HEALTHCHECK asks whether it answers.

*Why*

A process can run and yet not answer. Without HEALTHCHECK Docker, Compose and Swarm take a hanging server for
a healthy one.

*Bad*

```dockerfile
FROM node:24.21.0-trixie-slim
EXPOSE 3000
CMD ["node", "server.js"]
```

*Good*

```dockerfile
FROM node:24.21.0-trixie-slim
EXPOSE 3000
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:3000/').then(r => process.exit(r.ok ? 0 : 1))"]
CMD ["node", "server.js"]
```

*When it is fine*

For workers and tools, which serve no port; on Kubernetes, which has probes of its own.
`HEALTHCHECK NONE` says that none is wanted.

*References*

- https://docs.docker.com/reference/dockerfile/#healthcheck
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG1003", "missing-healthcheck", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield the last EXPOSE of a final stage that has no HEALTHCHECK."""
    stage = dockerfile.final_stage
    if stage is None or stage.inherited("HEALTHCHECK"):
        return
    ports = stage.inherited("EXPOSE")
    if ports:
        yield RULE.at(
            ports[-1].span,
            "the image serves a port, and no HEALTHCHECK asks whether it answers",
            mend="add a HEALTHCHECK, or HEALTHCHECK NONE where the platform probes",
        )
