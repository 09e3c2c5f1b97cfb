"""DG0307: an image comes from a registry that the policy does not allow.

*Why*

An organization that names its registries scans and signs what is in them. An image from elsewhere escapes
both.

*Bad* (with `registries = ["registry.example.com"]`)

```dockerfile
FROM alpine:3.24
```

*Good*

```dockerfile
FROM registry.example.com/base/alpine:3.24
```

*When it is fine*

The policy is yours: an entry may be a registry or the head of a repository's name, as `docker.io/library`.

*References*

- https://slsa.dev/spec/v1.1/threats
- https://docs.docker.com/build/building/best-practices/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import image_uses
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0307", "registry-not-allowed", Severity.ERROR, Profile.POLICY)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at every image taken from outside where the policy names registries."""
    allowed = [entry.rstrip("/") for entry in context.policy.registries]
    if not allowed:
        return
    for use in image_uses(dockerfile):
        name = use.reference.repository
        if name != "scratch" and not any(name == entry or name.startswith(f"{entry}/") for entry in allowed):
            message = f"{name} is not in a registry that the policy allows"
            yield RULE.at(use.span, message, mend=f"take it from {', '.join(allowed)}")
