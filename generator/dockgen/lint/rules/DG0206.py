"""DG0206: the image has sudo.

*Why*

sudo without a password gives the user back what USER took away.

*Bad*

```dockerfile
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends sudo \\
    && echo 'app ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/app
USER 1000
EXPOSE 8080
CMD ["app"]
```

*Good*

```dockerfile
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates
USER 1000
EXPOSE 8080
CMD ["app"]
```

*When it is fine*

The image is meant for people to work in. The default profile speaks of services alone (a port, a health
check, a known server, a compose file or a manifest that keeps the image running), and only where a user may
do anything without a password. The strict profile tells of the program alone as well.

*References*

- https://docs.docker.com/build/building/best-practices/#user
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.packages import kept_packages
from dockgen.lint.knowledge.services import may_serve
from dockgen.lint.knowledge.stages import is_workshop, runs_something, shipped
from dockgen.lint.knowledge.starters import start_scripts
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

# One command without a password (`NOPASSWD: /usr/sbin/postfix start`) makes nobody root.
_ANYTHING = regex(r"NOPASSWD:?\s{0,8}(?:\w{1,20}:\s{0,8})*ALL\b")
_CALLS = regex(r"(?m)^[ \t]{0,40}sudo\s{1,4}-(?:u|E|H)\b")
RULE = Rule("DG0206", "sudo", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look for the package, and for a user who needs no password."""
    stage = dockerfile.final_stage
    if stage is None or is_workshop(dockerfile) or not runs_something(stage):
        return
    if not may_serve(stage, context, dockerfile.path):
        return
    # The start script steps down by it.
    if context.build and any(map(_CALLS.search, start_scripts(stage, context.build))):
        return
    mend = "do as root what needs root before USER, and leave sudo out"
    for part in reversed(shipped(dockerfile)):
        for instruction in part.instructions:
            if instruction.keyword != "RUN":
                continue
            found = [package for package in kept_packages(instruction) if package.name == "sudo"]
            if found and context.profile is Profile.STRICT:
                yield RULE.at(found[0].span, "the image keeps sudo", mend=mend)
            elif _ANYTHING.search(instruction.text):
                yield RULE.at(instruction.keyword_span, "a user becomes root without a password", mend=mend)
