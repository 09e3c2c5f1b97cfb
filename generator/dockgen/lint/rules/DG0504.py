"""DG0504: a file that holds secrets is copied into the image.

*Why*

A copied file is in a layer for good, also when a later instruction deletes it.

*Bad*

```dockerfile
FROM alpine:3.24
COPY id_rsa /root/.ssh/id_rsa
RUN git clone git@example.com:app.git
```

*Good*

```dockerfile
FROM alpine:3.24
RUN --mount=type=ssh git clone git@example.com:app.git
```

*When it is fine*

The file holds no secret in spite of its name. Where the build context is known, its content decides.
A key store whose password stands beside it and is one that everybody knows (`changeit`) is told by the strict
profile only.

*References*

- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/reference/dockerfile/#run---mounttypessh
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.context import BuildContext
from dockgen.lint.knowledge.secret_files import secret_file, secret_in
from dockgen.lint.knowledge.sources import local_sources
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

# A key store that opens with what everybody knows holds a key for tests.
_NO_PASSWORD = regex(
    r"(?i)(?P<store>(?:key|trust)[-_.]?store[\w.-]{0,40})?pass(?:word)?[\"']?[=: ]\s{0,4}[\"']?"
    r"(?:changeit|changeme|password|test|secret)(?![\w/.:@+-])"
)
RULE = Rule("DG0504", "secret-file-copied", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at each source of COPY and ADD that names one file of the build context."""
    for _, word, path in local_sources(dockerfile):
        kind = _kind(path, context.build)
        lenient = kind == "key store" and context.profile is not Profile.STRICT
        if kind and not (lenient and _is_open(dockerfile, path)):
            mend = "mount it with RUN --mount=type=secret for the one step that needs it"
            yield RULE.at(word.span, f"{path} goes into a layer of the image: {kind}", mend=mend)


def _is_open(dockerfile: Dockerfile, path: str) -> bool:
    """Return whether a known password stands beside the key store, or as that of the key store."""
    name = path.rpartition("/")[2]
    return any(
        found["store"] or name in one.text
        for one in dockerfile.instructions
        for found in _NO_PASSWORD.finditer(one.text)
    )


def _kind(path: str, build: BuildContext | None) -> str | None:
    if build and path in build.files:
        return secret_in(build.root, path)
    return secret_file(path)
