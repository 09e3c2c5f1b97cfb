"""DG1004: a comment switches off a rule that does not exist.

*Why*

A mistyped id switches nothing off; an id of a rule that was removed is left over. Either way the comment says
something that is not so.

*Bad*

```dockerfile
FROM debian:trixie-20261005-slim
# hadolint ignore=DL9008
RUN apt-get update
```

*Good*

```dockerfile
FROM debian:trixie-20261005-slim
# hadolint ignore=DL3009
RUN apt-get update
```

*When it is fine*

Where a newer version of the tool knows the id.

*References*

- https://github.com/hadolint/hadolint#inline-ignores
- https://docs.docker.com/build/checks/#skip-checks
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.suppressions import suppressions
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG1004", "unknown-suppression", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each suppressed id that no engine knows."""
    for suppression in suppressions(dockerfile):
        for rule_id in suppression.ids:
            if not _is_known(rule_id):
                yield RULE.at(suppression.span, f"no rule has the id {rule_id}", mend="correct or remove it")


def _is_known(rule_id: str) -> bool:
    from dockgen.lint.causes import is_retired
    from dockgen.lint.pages import is_rule

    return rule_id.lower() == "all" or is_rule(rule_id) or is_retired(rule_id)
