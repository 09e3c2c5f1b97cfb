"""MaintainerDeprecated: the MAINTAINER instruction is deprecated.

*Why*

It sets one field that few tools show. The label `org.opencontainers.image.authors` says the same,
can be read with `docker inspect` like all other labels, and may name several people.

*Bad*

```dockerfile
FROM debian:trixie-slim
MAINTAINER team@example.com
```

*Good*

```dockerfile
FROM debian:trixie-slim
LABEL org.opencontainers.image.authors="team@example.com"
```

*References*

- https://docs.docker.com/reference/build-checks/maintainer-deprecated/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Span
from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.casing import cased, majority_is_lower
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.model import Edit, Fix

CHECK = Check("MaintainerDeprecated", practice=8)
_LABEL = "org.opencontainers.image.authors"


def find(build: Build) -> Iterator[Hit]:
    """Look for the instruction."""
    for instruction in build.dockerfile.instructions:
        if instruction.keyword == "MAINTAINER":
            yield Hit(
                instruction.span,
                f"MAINTAINER is deprecated in favour of the label {_LABEL}",
                governor=instruction,
                mend=f"use LABEL {_LABEL}",
                fix=_fix(instruction, build.dockerfile),
            )


def _fix(instruction: Instruction, dockerfile: Dockerfile) -> Fix | None:
    if not instruction.words or instruction.flags:
        return None
    name = instruction.words[0]
    keyword, escape = cased("label", lower=majority_is_lower(dockerfile)), dockerfile.escape
    # MAINTAINER took everything as it stood; in a label's quotes these characters have a meaning.
    value = re.sub(rf'(["$]|{re.escape(escape)})', lambda match: escape + match[0], _unquoted(name.text))
    span = Span(instruction.span.start, name.span.end)
    return Fix(f"write the label {_LABEL}", (Edit(span, f'{keyword} {_LABEL}="{value}"'),))


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text
