"""DG0211: the image starts as root and steps down by itself.

*Why*

Until the step down all goes on as root, with the capabilities that changing the user needs. `runAsNonRoot`,
`--cap-drop ALL` and a fixed `--user` then do not work without care.

*Bad*

```dockerfile
FROM alpine:3.24
RUN apk add --no-cache su-exec
COPY entrypoint.sh /entrypoint.sh
ENTRYPOINT ["su-exec", "guest", "/entrypoint.sh"]
```

*Good*

```dockerfile
FROM alpine:3.24
COPY entrypoint.sh /entrypoint.sh
USER 405:100
ENTRYPOINT ["/entrypoint.sh"]
```

*When it is fine*

The image must take over volumes that belong to somebody else before it starts.

*References*

- https://docs.docker.com/build/building/best-practices/#user
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.users import run_user, steps_down
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0211", "steps-down-from-root", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look for the programs that change the user at the start of an image that begins as root."""
    stage = dockerfile.final_stage
    if stage is None or not run_user(stage, dockerfile).root or not stage.start.words:
        return
    if program := steps_down(stage, context.build):
        instruction = run_user(stage, dockerfile).instruction or stage.start
        message = f"the image starts as root and steps down by {program}"
        yield RULE.at(instruction.span, message, mend="set USER, and leave volumes' owners to the platform")
