"""DG0306: the check of packages' signatures is switched off.

*Why*

The signature is what tells the distribution's package from one that a mirror, or somebody in its place,
made up.

*Bad*

```dockerfile
FROM alpine:3.24
RUN apk add --allow-untrusted ./tool.apk
```

*Good*

```dockerfile
FROM alpine:3.24
COPY keys/tool.rsa.pub /etc/apk/keys/
RUN apk add --no-cache tool
```

*When it is fine*

The file itself was checked against a known checksum in the same step.

*References*

- https://wiki.debian.org/SecureApt
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Span
from dockgen.lint.knowledge.steps import steps
from dockgen.lint.knowledge.unsafe_options import signature_variable, signatures_off
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0306", "signature-check-off", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the commands of each RUN, and at the variables that ENV and ARG set."""
    for instruction in dockerfile.instructions:
        for span, what in _found(instruction):
            mend = "install the signer's key, and leave the check on"
            yield RULE.at(span, f"this takes packages without a valid signature: {what}", mend=mend)


def _found(instruction: Instruction) -> Iterator[tuple[Span, str]]:
    if instruction.keyword == "RUN":
        for step in steps(instruction):
            yield from signatures_off(step)
    elif instruction.keyword in {"ENV", "ARG"}:
        for key, value in instruction.pairs:
            if value and signature_variable(key.text, value.text):
                yield key.span, f"{key.text}={value.text}"
