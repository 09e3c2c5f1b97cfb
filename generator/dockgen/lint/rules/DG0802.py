"""DG0802: a label freezes the revision or the date of one build.

*Why*

`revision` and `created` say from which commit and when an image was built. Written into the Dockerfile they
are false from the next commit on, and a false answer in an incident is worse than none.

*Bad*

```dockerfile
FROM scratch
LABEL org.opencontainers.image.revision="3f1d2c9a"
```

*Good*

```dockerfile
FROM scratch
ARG REVISION
LABEL org.opencontainers.image.revision="$REVISION"
```

*When it is fine*

Where a release script rewrites the line each time. Better: `docker build --label`. The revision of a release
whose version the file fixes in a variable, or takes as its base, is not reported.

*References*

- https://github.com/opencontainers/image-spec/blob/main/annotations.md
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Stage
from dockgen.lint.analysis.labels import OCI, SCHEMA, labels, unquoted
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0802", "frozen-label", Severity.WARNING)
_VERSIONS = frozenset({f"{OCI}version", f"{SCHEMA}version"})
_REVISIONS = frozenset({f"{OCI}revision", f"{SCHEMA}vcs-ref"})
_OF_ONE_BUILD = frozenset({f"{OCI}revision", f"{OCI}created", f"{SCHEMA}vcs-ref", f"{SCHEMA}build-date"})


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each label of one build that has a literal value."""
    for stage in dockerfile.stages:
        for label in labels(stage):
            if label.key in _REVISIONS and _is_of_a_release(stage):
                continue
            if label.key in _OF_ONE_BUILD and label.known and any(map(str.isdigit, label.value)):
                yield RULE.at(
                    label.span,
                    f"{label.key} is frozen to {label.value!r}, which is false from the next build on",
                    mend="give it at build time: docker build --label, or a build argument",
                )


def _is_of_a_release(stage: Stage) -> bool:
    """Return whether the file fetches one release: its version is a label and set here, or the base's."""
    versions = {one.value for one in labels(stage) if one.key in _VERSIONS and one.known and one.value}
    set_here = (one for keyword in ("ENV", "ARG") for one in stage.inherited(keyword))
    if any(version in (stage.base_image or "").partition(":")[2] for version in versions):
        return True
    return any(value and unquoted(value.text) in versions for one in set_here for _, value in one.pairs)
