"""DG0302: a download is installed or run without a look at its checksum or signature.

*Why*

An address says where a file was, not what it is. Whoever controls the server, an account there or a mirror
decides what is in the image.

*Bad*

```dockerfile
FROM debian:trixie-slim
RUN curl -fsSL https://example.com/tool-1.2.tar.gz | tar -xz -C /opt
```

*Good*

```dockerfile
FROM debian:trixie-slim
RUN curl -fsSLo /tmp/tool.tar.gz https://example.com/tool-1.2.tar.gz \
    && echo "24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  /tmp/tool.tar.gz" \
        | sha256sum -c - \
    && tar -xzf /tmp/tool.tar.gz -C /opt
```

*When it is fine*

The file is checked by what reads it, such as a package with its own signature. A stage for tests or
examples that the build of the last stage does not need is told by the strict profile only.

*References*

- https://docs.docker.com/reference/dockerfile/#add---checksum
- https://slsa.dev/spec/v1.1/threats
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.analysis.stages import only_tests
from dockgen.lint.knowledge.downloads import has_check, used_downloads
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0302", "unverified-download", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at each RUN for a fetch, a use of what it brought, and no check between them."""
    for stage in dockerfile.stages:
        if context.profile is not Profile.STRICT and only_tests(dockerfile, stage):
            continue
        checked = False
        unread: list[Instruction] = []
        # From the end on: a check in the same RUN or a later one counts for all that it downloads.
        for instruction in reversed(stage.instructions):
            if instruction.keyword != "RUN":
                continue
            unread.append(instruction)
            found = [] if checked else list(used_downloads(instruction))
            if found:
                checked = any(map(has_check, unread))
                unread.clear()
            if found and not checked:
                more = f" and {len(found) - 1} more" if len(found) > 1 else ""
                verb = "are" if more else "is"
                message = f"{found[0].address.text[:80]}{more} {verb} used without a checksum or signature"
                mend = "check it with sha256sum -c, or use ADD --checksum"
                yield RULE.at(found[0].address.span, message, mend=mend)
