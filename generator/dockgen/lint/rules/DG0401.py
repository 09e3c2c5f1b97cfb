"""DG0401: the pinned digest is older than the policy allows.

*Why*

A digest holds an image still, with all that has been found in it since. A pin is only as good as the habit
of moving it: rebuilt base images carry the distribution's security updates.

*Bad* (with `max_digest_age_days = 90`)

```dockerfile
FROM debian:bookworm-20240110-slim@sha256:f4a83aa865ab0c6a0e1ea8f0c2d3f1b5b5d4c3b2a1908f7e6d5c4b3a29180706
```

*Good*

```dockerfile
FROM debian:trixie-20261005-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f
```

*When it is fine*

The image is known to be free of what was found since. Digests of unknown age are not reported.

*References*

- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
- https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from dockgen.catalog.bases import Reference
from dockgen.catalog.images import records
from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import image_uses
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0401", "old-digest", Severity.WARNING, Profile.POLICY)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Compare the day that a digest was seen or its tag names with the policy's limit in days."""
    limit = context.policy.max_digest_age_days
    if limit is None or not context.today:
        return
    for use in image_uses(dockerfile):
        born = _born(use.reference) if use.reference.digest else None
        age = (datetime.date.fromisoformat(context.today) - born).days if born else 0
        if age > limit:
            message = f"the digest of {use.name} is {age} days old; the policy allows {limit}"
            yield RULE.at(use.span, message, mend="move the pin: dockgen update does it")


def _born(reference: Reference) -> datetime.date | None:
    """Return the day that a dated tag names, else the first of the month in which the digest was seen."""
    match = re.search(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)", reference.tag or "", re.ASCII)
    try:
        if match:
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        seen = min((one.seen for one in records() if one.digest == reference.digest), default=None)
        return datetime.date.fromisoformat(f"{seen}-01") if seen else None
    except ValueError:
        return None
