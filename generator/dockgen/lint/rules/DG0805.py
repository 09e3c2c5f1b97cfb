"""DG0805: the image does not say where to report a vulnerability.

*Why*

Whoever finds a hole in an image needs an address to tell. The label `securitytxt` points to the project's
security.txt, or to its security policy, and travels with the image.

*Bad*

```dockerfile
FROM scratch
LABEL org.opencontainers.image.title="app"
```

*Good*

```dockerfile
FROM scratch
LABEL org.opencontainers.image.title="app" \\
    securitytxt="https://example.com/.well-known/security.txt"
```

*When it is fine*

For images that never leave the team that builds them.

*References*

- https://www.rfc-editor.org/rfc/rfc9116
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.labels import label_keys
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0805", "missing-securitytxt", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield one finding where the final stage has no securitytxt."""
    stage = dockerfile.final_stage
    if stage and "securitytxt" not in label_keys(stage):
        yield RULE.at(
            stage.start.span,
            "the image has no label securitytxt",
            mend="add LABEL securitytxt=… with the address of security.txt or of the security policy",
        )
