"""SecretsUsedInArgOrEnv: an ARG or ENV has a name that says it holds a secret.

*Why*

The values of both end up in the image: ENV in its configuration, ARG in its history and provenance.
Whoever can pull the image can read them. A mounted secret leaves no trace.

*Bad*

```dockerfile
FROM node:24
ARG NPM_TOKEN
RUN npm ci
```

*Good*

```dockerfile
FROM node:24
RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci
```

*When it is fine*

The value is public, as that of a public key. Names with PUBLIC, FILE or VERSION as a
word stay unreported.

*References*

- https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build, Step
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.regexes import regex

CHECK = Check("SecretsUsedInArgOrEnv", practice=5)


def _word_of(*words: str) -> re.Pattern[str]:
    """Return a pattern that finds one of the words between underscores or at an end of the name."""
    return regex(rf"(?:_|\A)(?:{'|'.join(words)})(?:_|\Z)", re.IGNORECASE | re.ASCII)


_SECRET = _word_of("apikey", "auth", "credentials?", "key", "passwd", "password", "pword", "secret", "token")
_HARMLESS = _word_of("public", "file", "version")


def find(build: Build) -> Iterator[Hit]:
    """Look at the names; ARGs before the first FROM reach no stage by themselves."""
    for step in build.steps:
        keyword = step.instruction.keyword
        for name in _names(step) if keyword in {"ARG", "ENV"} else ():
            if _SECRET.search(name) and not _HARMLESS.search(name):
                yield Hit(
                    step.place.span,
                    f"{keyword} '{name}' is named like a secret, and whoever has the image can read it",
                    governor=step.governor,
                    mend="mount it: RUN --mount=type=secret",
                )


def _names(step: Step) -> Iterator[str]:
    for key, _ in step.instruction.pairs:
        if step.instruction.keyword == "ARG":
            yield key.text
        elif expansion := step.environment.expand(key.text):
            yield expansion.text or ""
