"""ExposeProtoCasing: the protocol in EXPOSE has capital letters.

*Why*

Protocols are written in lower case everywhere else, in `docker inspect` as in compose files.

*Bad*

```dockerfile
FROM node:24
EXPOSE 8080/TCP
```

*Good*

```dockerfile
FROM node:24
EXPOSE 8080/tcp
```

*References*

- https://docs.docker.com/reference/build-checks/expose-proto-casing/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build, Step
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.buildkit.ports import ports
from dockgen.lint.model import Edit, Fix

CHECK = Check("ExposeProtoCasing")


def find(build: Build) -> Iterator[Hit]:
    """Look at the protocols."""
    for step in build.steps:
        for port in ports(step):
            if port.protocol != port.protocol.lower():
                yield Hit(
                    step.place.span,
                    f"the protocol of '{port.text}' should be in lower case",
                    governor=step.governor,
                    mend=f"write {port.protocol.lower()}",
                    fix=_fix(step, port.text) if step.governor else None,
                )


def _fix(step: Step, port: str) -> Fix | None:
    """Mend the word if it stands as it is, without variables or quotes."""
    edits = tuple(Edit(word.span, word.text.lower()) for word in step.instruction.words if word.text == port)
    return Fix("write the protocol in lower case", edits) if edits else None
