"""DG0506: the code of packages runs while a secret is mounted.

*Why*

Install scripts are the code of every package in the tree. One that was taken over reads the mounted secret
and sends it away. Fetch first with scripts off, then build without the secret.

*Bad*

```dockerfile
FROM node:24-slim
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true npm ci
```

*Good*

```dockerfile
FROM node:24-slim
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true npm ci --ignore-scripts
RUN --network=none npm rebuild
```

*When it is fine*

Every package of the tree is your own.

*References*

- https://docs.npmjs.com/cli/v11/using-npm/scripts#ignoring-scripts
- https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-only-binary
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.package_code import runs_package_code
from dockgen.lint.knowledge.steps import steps
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0506", "package-code-with-secret", Severity.WARNING, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the package managers' commands in each RUN with a secret or an SSH agent."""
    for instruction in dockerfile.instructions:
        mounted = any(options.get("type") in {"secret", "ssh"} for _, options in instruction.mounts())
        for step in steps(instruction) if mounted else ():
            off = runs_package_code(step)
            if off:
                message = f"{step.name} runs the code of packages while the secret is mounted"
                yield RULE.at(step.span, message, mend=f"{off}; build in a later RUN without the secret")
