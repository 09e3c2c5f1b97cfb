"""DG0502: an address holds user and password.

*Why*

The line stays in the Dockerfile, in the image's history and in the logs of every proxy on the way.

*Bad*

```dockerfile
FROM python:3.13-slim
RUN pip install --index-url https://robot:s3cr3tPa55@pypi.example.com/simple app
```

*Good*

```dockerfile
FROM python:3.13-slim
RUN --mount=type=secret,id=netrc,target=/root/.netrc,required=true \
    pip install --index-url https://pypi.example.com/simple app
```

*When it is fine*

The address is a stand-in for the build, such as a database on localhost.

*References*

- https://docs.docker.com/build/building/secrets/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.places import on_line, source_lines
from dockgen.lint.knowledge.token_shapes import url_credentials
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0502", "credentials-in-url", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look through each instruction's lines."""
    if "://" not in dockerfile.source:
        return
    for instruction in dockerfile.instructions:
        for number, text in source_lines(dockerfile, instruction):
            for found in url_credentials(text):
                mend = "use a secret mount: a .netrc, or the tool's own credentials file"
                span = on_line(number, found.start, found.end)
                yield RULE.at(span, "user and password stand in this address", mend=mend)
