"""DG0206: the image has sudo.

*Why*

sudo in an image gives the user back what USER took away. Nothing that runs by itself can answer a password,
so it is set up without one.

*Bad*

```dockerfile
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends sudo
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
check, a known server, a compose file or a manifest that keeps the image running), and of none where sudo is
set up for single commands.

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
    # The start script steps down by it, or says who may do what with it.
    scripts = start_scripts(stage, context.build) if context.build else ()
    if any(_CALLS.search(text) or "/sudoers" in text for text in scripts):
        return
    if context.profile is not Profile.STRICT and _is_for_one_command(dockerfile):
        return
    mend = "do as root what needs root before USER, and leave sudo out"
    for part in reversed(shipped(dockerfile)):
        for instruction in part.instructions:
            if instruction.keyword != "RUN":
                continue
            found = [package for package in kept_packages(instruction) if package.name == "sudo"]
            if found:
                yield RULE.at(found[0].span, "the image keeps sudo", mend=mend)
            elif _ANYTHING.search(instruction.text):
                yield RULE.at(instruction.keyword_span, "a user becomes root without a password", mend=mend)


def _is_for_one_command(dockerfile: Dockerfile) -> bool:
    """Return whether sudo is set up for single commands, and for nothing else."""
    texts = [one.text for part in shipped(dockerfile) for one in part.instructions if one.keyword == "RUN"]
    return any("NOPASSWD" in text for text in texts) and not any(map(_ANYTHING.search, texts))
