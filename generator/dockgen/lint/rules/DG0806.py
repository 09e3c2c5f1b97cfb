"""DG0806: a label that the policy requires is missing.

*Why*

An organization that sorts, bills or patches images by their labels loses sight of one that has none.

*Bad*

Where the policy requires `org.opencontainers.image.source`:

```dockerfile
FROM scratch
COPY app /app
```

*Good*

```dockerfile
FROM scratch
COPY app /app
LABEL org.opencontainers.image.source="https://git.example.com/acme/app"
```

*When it is fine*

Where the build adds the label: `docker build --label`.

*References*

- https://docs.docker.com/engine/manage-resources/labels/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.labels import label_keys
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0806", "required-label", Severity.WARNING, Profile.POLICY)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each required label that the final stage lacks."""
    stage = dockerfile.final_stage
    if stage is None:
        return
    present = label_keys(stage)
    for key in context.policy.required_labels:
        if key not in present:
            yield RULE.at(stage.start.span, f"the policy requires the label {key}", mend=f"add LABEL {key}=…")
