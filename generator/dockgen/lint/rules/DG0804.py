"""DG0804: the image does not say what it is.

*Why*

With title, description, authors, licences and source in its labels an image found in a registry or on a host
can be traced to its code and its owner: the first thing an incident asks for.

*Bad*

```dockerfile
FROM scratch
COPY app /app
```

*Good*

```dockerfile
FROM scratch
COPY app /app
LABEL org.opencontainers.image.title="app" \\
    org.opencontainers.image.description="What the app is for" \\
    org.opencontainers.image.authors="Team Acme <acme@example.com>" \\
    org.opencontainers.image.licenses="Apache-2.0" \\
    org.opencontainers.image.source="https://git.example.com/acme/app"
```

*When it is fine*

Where the build adds the labels: `docker build --label`, or the metadata step of a CI system.

*References*

- https://github.com/opencontainers/image-spec/blob/main/annotations.md
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.labels import OCI, label_keys
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0804", "missing-labels", Severity.INFO, Profile.STRICT)
_EXPECTED = tuple(f"{OCI}{name}" for name in ("title", "description", "authors", "licenses", "source"))


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield one finding that names all labels the final stage lacks."""
    stage = dockerfile.final_stage
    if stage is None:
        return
    present = label_keys(stage)
    missing = [key.removeprefix(OCI) for key in _EXPECTED if key not in present]
    if missing:
        yield RULE.at(
            stage.start.span,
            f"the image has no label {', '.join(missing)}",
            mend=f"add LABEL {OCI}{missing[0]}=…",
        )
