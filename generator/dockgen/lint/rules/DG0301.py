"""DG0301: a script goes from the network straight into an interpreter.

*Why*

Nobody sees what runs, it can differ at every build and for every caller, and a connection that breaks off
runs half of it.

*Bad*

```dockerfile
FROM debian:trixie-slim
RUN curl -fsSL https://example.com/install.sh | sh
```

*Good*

```dockerfile
FROM debian:trixie-slim
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \
    https://example.com/tool-1.2-install.sh /tmp/install.sh
RUN sh /tmp/install.sh
```

*When it is fine*

Never; a package, or a copy of the script in the project, does the same.

*References*

- https://docs.docker.com/build/building/best-practices/
- https://slsa.dev/spec/v1.1/threats
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.downloads import pipes_to_shell
from dockgen.lint.knowledge.steps import steps
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0301", "pipe-to-shell", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the pipelines and substitutions of each RUN."""
    for instruction in dockerfile.instructions:
        if instruction.keyword == "RUN":
            for download, reader in pipes_to_shell(steps(instruction)):
                message = f"{download.step.name} feeds {reader.name} with a script that nobody looked at"
                mend = "download a fixed version, check its checksum, then run it"
                yield RULE.at(download.step.span, message, mend=mend)
