"""DG0503: a token or private key stands in the Dockerfile.

*Why*

It has the exact shape that its issuer gives to keys. It is in the repository's history and in the image's:
revoke it.

*Bad*

```dockerfile
FROM alpine:3.24
ENV UPLOAD_ID=AKIAQ3EGRZ7K5XW2MTYN
```

*Good*

```dockerfile
FROM alpine:3.24
RUN --mount=type=secret,id=aws,target=/root/.aws/credentials,required=true ./upload
```

*When it is fine*

Never. Examples of the issuers' documentation are not reported.

*References*

- https://docs.github.com/en/code-security/reference/secret-security/supported-secret-scanning-patterns
- https://docs.docker.com/build/building/secrets/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.places import on_line, source_lines
from dockgen.lint.knowledge.token_shapes import hints, tokens
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0503", "token-literal", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look through each instruction's lines."""
    held = hints(dockerfile.source)
    if not held:
        return
    for instruction in dockerfile.instructions:
        for number, text in source_lines(dockerfile, instruction):
            for found in tokens(text, held):
                span = on_line(number, found.start, found.end)
                mend = "revoke it, and pass its successor with RUN --mount=type=secret"
                yield RULE.at(span, f"this literal has the shape of a {found.kind}", mend=mend)
