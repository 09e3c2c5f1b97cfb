"""DG0303: ADD downloads a file without a checksum.

*Why*

Whoever controls the server, or the name that leads to it, decides what is in the image. With a checksum the
build stops when the file is not the one that was looked at.

*Bad*

```dockerfile
FROM alpine:3.24
ADD https://example.com/tool-1.2.tar.gz /opt/
```

*Good*

```dockerfile
FROM alpine:3.24
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \
    https://example.com/tool-1.2.tar.gz /opt/
```

*When it is fine*

The file is meant to change, such as a list of revocations, and nothing of it is run. An answer of the GitHub
API, which only tells the cache of a new commit, is not reported.

*References*

- https://docs.docker.com/reference/dockerfile/#add---checksum
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.remotes import git_reference, is_download
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0303", "add-without-checksum", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at each source of ADD that is an address of a file."""
    for instruction in dockerfile.instructions:
        if instruction.keyword != "ADD" or instruction.flag("checksum"):
            continue
        for word in instruction.words[:-1]:
            if (
                is_download(word.text)
                and "://api.github.com/" not in word.text
                and git_reference(word.text) is None
            ):
                mend = "add --checksum=sha256:… of the file that you looked at"
                message = "ADD takes whatever the server sends: there is no --checksum"
                yield RULE.at(word.span, message, mend=mend)
