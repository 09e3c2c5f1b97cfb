"""DG0102: the base image's distribution gets no more security updates.

*Why*

After its end of life a distribution's packages stay as they are: each vulnerability found since then stays
in the image, and installing the newest packages does not help.

*Bad*

```dockerfile
FROM debian:buster-slim
CMD ["sleep", "1"]
```

*Good*

```dockerfile
FROM debian:trixie-slim
CMD ["sleep", "1"]
```

*When it is fine*

You pay the vendor for extended support and the image takes its packages from there. Releases in the free
long-term support of their own project (Debian LTS) are reported by the strict profile only, and so are files
in a folder for what is no longer kept up (archive, attic, deprecated, obsolete), or that are called as the
release that they are kept for (`jessie/Dockerfile`, `Dockerfile.ubuntu18.04`), and stages (`AS ubuntu-18`).

*References*

- https://endoflife.date
- https://www.debian.org/releases/
- https://alpinelinux.org/releases/
- https://ubuntu.com/about/release-cycle
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.catalog.bases import Base
from dockgen.dockerfile.model import Dockerfile, Stage
from dockgen.lint.knowledge.cycles import (
    bases,
    ended_distribution,
    ended_language,
    is_called,
    since,
    system_name,
)
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0102", "end-of-life-distribution", Severity.WARNING)
# What lies there is not built any more, or is as old as what it is kept for.
_ARCHIVED = regex(r"(?i)(^|/)_?(archived?|archives|attic|deprecated|obsolete)/")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at every image that a stage starts from; a language out of support says enough of its image."""
    if context.profile is not Profile.STRICT and _ARCHIVED.search(dockerfile.path):
        return
    told: set[tuple[str, str]] = set()
    for stage, base in bases(dockerfile):
        ended = ended_distribution(base, context.today)
        if ended is None or ended_language(base, context.today) or (ended.product, ended.cycle) in told:
            continue
        told.add((ended.product, ended.cycle))
        supported = ended.extended and ended.extended > context.today
        if supported and context.profile is not Profile.STRICT:
            continue
        if context.profile is not Profile.STRICT and _is_kept_for(dockerfile, stage, base):
            continue
        name = system_name(base)
        message = (
            f"{name} is in long-term support, which ends on {ended.extended}"
            if supported
            else f"{name} has had no security updates {since(ended)}"
        )
        severity = Severity.INFO if supported else None
        mend = "move to a supported release"
        yield RULE.at(stage.start.words[0].span, message, mend=mend, severity=severity)


def _is_kept_for(dockerfile: Dockerfile, stage: Stage, base: Base) -> bool:
    """Return whether the file or the stage is called as the release, for which it is kept then."""
    return is_called(dockerfile.path, base) or is_called(stage.name or "", base)
