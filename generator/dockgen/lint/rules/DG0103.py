"""DG0103: the base image's language or server gets no more security updates.

*Why*

A run time past its end of life keeps every vulnerability found since; an image of it is no longer rebuilt,
so the operating system below it stands still as well.

*Bad*

```dockerfile
FROM python:3.8-slim
CMD ["python", "-V"]
```

*Good*

```dockerfile
FROM python:3.13-slim
CMD ["python", "-V"]
```

*When it is fine*

A vendor keeps this very image alive for you.

*References*

- https://endoflife.date
- https://devguide.python.org/versions/
- https://nodejs.org/en/about/previous-releases
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.cycles import SHORT_LIVED, bases, ended_language, since
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0103", "end-of-life-language", Severity.WARNING)
_NAMES = {"nodejs": "Node.js", "eclipse-temurin": "Java", "dotnet": ".NET", "php": "PHP", "nginx": "nginx"}


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at every image that a stage starts from; short release cycles only in the strict profile."""
    told: set[tuple[str, str]] = set()
    for stage, base in bases(dockerfile):
        ended = ended_language(base, context.today)
        if base.product in SHORT_LIVED and context.profile is not Profile.STRICT:
            continue
        if ended and (ended.product, ended.cycle) not in told:
            told.add((ended.product, ended.cycle))
            name = _NAMES.get(ended.product, ended.product.capitalize())
            message = f"{name} {ended.cycle} has had no security updates {since(ended)}"
            yield RULE.at(stage.start.words[0].span, message, mend="move to a supported release")
        elif not ended and base.discontinued and base.discontinued <= context.today:
            message = f"{base.repository} has not been kept up to date since {base.discontinued}"
            mend = f"use {base.smaller or 'a maintained image'}"
            yield RULE.at(stage.start.words[0].span, message, mend=mend)
