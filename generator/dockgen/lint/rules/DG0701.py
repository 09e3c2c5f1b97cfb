"""DG0701: ADD takes a plain file or folder, which COPY does with no surprises.

*Why*

ADD also downloads addresses and unpacks archives, so a reader has to know what the source is to know what
the line does, and a renamed file can change it. COPY only copies.

*Bad*

```dockerfile
FROM alpine:3.24.2
ADD app.conf /etc/app/
```

*Good*

```dockerfile
FROM alpine:3.24.2
COPY app.conf /etc/app/
```

*When it is fine*

For a local archive that is to be unpacked, for an address with `--checksum`, and for a git repository.

*References*

- https://docs.docker.com/build/building/best-practices/#add-or-copy
- hadolint DL3020
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.analysis.additions import is_plain_copy
from dockgen.lint.model import Context, Edit, Finding, Fix, Rule, Severity

RULE = Rule("DG0701", "add-local-file", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each ADD that does nothing COPY would not do."""
    for stage in dockerfile.stages:
        for instruction in stage.instructions:
            if instruction.keyword == "ADD" and is_plain_copy(instruction, context.build):
                yield RULE.at(
                    instruction.keyword_span,
                    "ADD copies local files here: COPY does just that and nothing else",
                    mend="write COPY",
                    fix=_as_copy(instruction),
                )


def _as_copy(instruction: Instruction) -> Fix:
    keyword = "copy" if instruction.written.islower() else "COPY"
    return Fix("write COPY", (Edit(instruction.keyword_span, keyword),))
