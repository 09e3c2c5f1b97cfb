"""DG1005: a rule is switched off without a reason.

*Why*

A suppression is a decision to live with a risk. Without its reason nobody can tell later whether it still
holds, and it stays for ever.

*Bad*

```dockerfile
FROM debian:trixie-20261005-slim
# hadolint ignore=DL3009
RUN apt-get update
```

*Good*

```dockerfile
FROM debian:trixie-20261005-slim
# The lists are needed at run time: the app offers updates.
# hadolint ignore=DL3009
RUN apt-get update
```

*When it is fine*

Never in a file that others read.

*References*

- https://github.com/hadolint/hadolint#inline-ignores
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.suppressions import suppressions
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG1005", "suppression-without-reason", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each suppression that does not say why."""
    for suppression in suppressions(dockerfile):
        if not suppression.reason:
            own = suppression.tool == "dockgen"
            yield RULE.at(
                suppression.span,
                f"{', '.join(suppression.ids)} is switched off without a reason",
                mend="add `-- reason`" if own else "say why in a comment on the line above",
            )
