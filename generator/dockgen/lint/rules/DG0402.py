"""DG0402: the step upgrades the distribution as a whole.

*Why*

`dist-upgrade` may remove packages and replace the system below the tag that FROM names: what the image is
then is written nowhere. Security updates come with a newer base image.

*Bad*

```dockerfile
FROM debian:trixie-slim
RUN apt-get update && apt-get dist-upgrade -y
```

*Good*

```dockerfile
FROM debian:trixie-20261005-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates
```

*When it is fine*

Never in an image that others can rebuild; take the newer base.

*References*

- https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often
- https://manpages.debian.org/stable/apt/apt-get.8.en.html
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.steps import steps
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0402", "distribution-upgrade", Severity.WARNING)
_UPGRADES = {
    "apt-get": {"dist-upgrade"},
    "apt": {"dist-upgrade", "full-upgrade"},
    "aptitude": {"dist-upgrade", "full-upgrade"},
    "zypper": {"dup", "dist-upgrade"},
    "dnf": {"system-upgrade"},
}


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the package managers' commands."""
    for instruction in dockerfile.instructions:
        if instruction.keyword != "RUN":
            continue
        for step in steps(instruction):
            wanted = _UPGRADES.get(step.name, set())
            found = next((arg for arg in step.args if arg.text in wanted), None)
            if found or step.name == "do-release-upgrade":
                mend = "take a newer base image instead"
                yield RULE.at(
                    step.span, "the distribution is upgraded below the tag that FROM names", mend=mend
                )
