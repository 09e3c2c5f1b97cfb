"""DG0305: the check of a server's certificate is switched off.

*Why*

Without the check anybody on the way can answer in the server's place: the connection is encrypted, to a
stranger.

*Bad*

```dockerfile
FROM alpine:3.24
RUN curl -k -o /tool https://example.com/tool
```

*Good*

```dockerfile
FROM alpine:3.24
COPY company-ca.crt /usr/local/share/ca-certificates/
RUN update-ca-certificates && curl -fo /tool https://example.com/tool
```

*When it is fine*

Never in an image: a company's own authority is added to the trusted ones instead.

*References*

- https://curl.se/docs/sslcerts.html
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Span
from dockgen.lint.knowledge.steps import steps
from dockgen.lint.knowledge.unsafe_options import tls_off, tls_variable
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0305", "tls-check-off", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the commands of each RUN, and at the variables that ENV and ARG set."""
    for instruction in dockerfile.instructions:
        for span, what in _found(instruction):
            mend = "add the authority's certificate to the image's trusted ones"
            yield RULE.at(span, f"this accepts any certificate: {what}", mend=mend)


def _found(instruction: Instruction) -> Iterator[tuple[Span, str]]:
    if instruction.keyword == "RUN":
        for step in steps(instruction):
            yield from tls_off(step)
    elif instruction.keyword in {"ENV", "ARG"}:
        for key, value in instruction.pairs:
            if value and tls_variable(key.text, value.text):
                yield key.span, f"{key.text}={value.text}"
