"""DG0202: the final stage's user is a name, not a number.

*Why*

Kubernetes refuses `runAsNonRoot` for a user that it knows by name only, since it cannot tell that the name
is not root's. A number also holds in images without /etc/passwd.

*Bad*

```dockerfile
FROM node:24-slim
USER node
CMD ["node", "server.js"]
```

*Good*

```dockerfile
FROM node:24-slim
USER 1000:1000
CMD ["node", "server.js"]
```

*When it is fine*

The image runs under Docker or Podman only.

*References*

- https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
- https://docs.docker.com/reference/dockerfile/#user
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.stages import base_of_stage
from dockgen.lint.knowledge.users import run_user
from dockgen.lint.model import Context, Edit, Finding, Fix, Profile, Rule, Severity

RULE = Rule("DG0202", "user-not-numeric", Severity.WARNING, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the last USER; where the base image's users are known, the fix puts the number in."""
    stage = dockerfile.final_stage
    user = run_user(stage, dockerfile) if stage else None
    if not (stage and user and user.instruction and user.value) or user.root:
        return
    name = user.value.partition(":")[0]
    if re.fullmatch(r"\d+", name, re.ASCII):
        return
    base = base_of_stage(stage)
    number = base.users.get(name) if base else None
    fix = None
    if number is not None and user.instruction.words[0].text == name:
        fix = Fix("give the user by its number", (Edit(user.instruction.words[0].span, str(number)),))
    mend = f"write USER {number if number is not None else 'with the number of the user'}"
    span = user.instruction.words[0].span
    yield RULE.at(span, f"the user {name} is not given by its number", mend=mend, fix=fix)
