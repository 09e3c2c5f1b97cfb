"""DG0104: the final stage starts from a full operating system where a smaller variant exists.

*Why*

The slim or minimal variant of the same release leaves out documentation, locales and tools that a service
does not call: less to download, less to patch.

*Bad*

```dockerfile
FROM debian:trixie
COPY app /usr/local/bin/app
CMD ["app"]
```

*Good*

```dockerfile
FROM debian:trixie-slim
COPY app /usr/local/bin/app
CMD ["app"]
```

*When it is fine*

The image is meant for people to work in.

*References*

- https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.stages import base_of_stage
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0104", "full-system-in-final-stage", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the image at the root of the final stage."""
    stage = dockerfile.final_stage
    base = base_of_stage(stage) if stage else None
    if stage and base and base.role == "os" and base.smaller and stage.lineage[-1].start.words:
        message = f"the final stage starts from a full operating system; {base.smaller} is smaller"
        yield RULE.at(stage.lineage[-1].start.words[0].span, message, mend=f"start from {base.smaller}")
