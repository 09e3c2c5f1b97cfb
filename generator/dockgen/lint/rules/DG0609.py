"""DG0609: the cache mount's id is shared with every other project of the builder.

*Why*

Without `id=` a cache mount takes its target's path as id, so all projects on a builder write into one
`/root/.npm`. A build of an untrusted branch of one project can put a package there that another one takes.

*Bad*

```dockerfile
FROM node:24.21.0-trixie-slim
RUN --mount=type=cache,target=/root/.npm npm ci
```

*Good*

```dockerfile
FROM node:24.21.0-trixie-slim
RUN --mount=type=cache,id=cart-npm,target=/root/.npm npm ci
```

*When it is fine*

On builders that build one project only, or where each build has a builder of its own.

*References*

- https://docs.docker.com/reference/dockerfile/#run---mounttypecache
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.caches import is_bare, with_id
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0609", "shared-cache-id", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each cache mount whose id does not name a project."""
    for stage in dockerfile.stages:
        for instruction in stage.instructions:
            for flag, options in instruction.mounts():
                if options.get("type") == "cache" and is_bare(options, context):
                    named = f"the id {options['id']}" if options.get("id") else "no id"
                    yield RULE.at(
                        flag.span,
                        f"the cache mount has {named}: every project of the builder writes into it",
                        mend="name the project: id=<project>-<tool>",
                        fix=with_id(dockerfile, flag, options, context),
                    )
