"""DG0203: USER names a user that the image does not have.

*Why*

A container of this image does not start: the engine finds no entry of that name in /etc/passwd.

*Bad*

```dockerfile
FROM python:3.13-slim
USER app
CMD ["python", "-V"]
```

*Good*

```dockerfile
FROM python:3.13-slim
RUN useradd --system --uid 10001 app
USER app
CMD ["python", "-V"]
```

*When it is fine*

Never. Users that packages or scripts may have made are not reported.

*References*

- https://docs.docker.com/reference/dockerfile/#user
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.stages import base_of_stage
from dockgen.lint.knowledge.users import may_create
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0203", "unknown-user", Severity.ERROR)
_MEND = "create it before with useradd or adduser, or write a number, which needs no entry: USER 65532:65532"
# Each looks through the whole stage.
_MOST = 20


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at each USER by name on a base whose users are known."""
    for stage in dockerfile.stages:
        base = base_of_stage(stage)
        if not (base and base.users):
            continue
        named = [one for one in stage.instructions if one.keyword == "USER" and one.words]
        for instruction in named[:_MOST]:
            name = instruction.words[0].text.partition(":")[0]
            if not re.fullmatch(r"[A-Za-z_][\w.-]*", name) or name in base.users or may_create(stage, name):
                continue
            message = f"the user {name} is neither in {base.repository.rpartition('/')[2]} nor created before"
            yield RULE.at(instruction.words[0].span, message, mend=_MEND)
