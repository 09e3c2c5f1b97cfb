"""DG0801: a label's value is not what its specification asks for.

*Why*

Registries, scanners and update bots read the `org.opencontainers.image.*` labels by machine: `created` is a
date and time of RFC 3339, `licenses` an SPDX expression, `url`, `source` and `documentation` are URLs,
`base.digest` is a digest. A value of another form is ignored, or taken for something else.

*Bad*

```dockerfile
FROM scratch
LABEL org.opencontainers.image.licenses="Apache License 2.0"
```

*Good*

```dockerfile
FROM scratch
LABEL org.opencontainers.image.licenses="Apache-2.0"
```

*When it is fine*

Values with build arguments are known at build time only and are not judged.

*References*

- https://github.com/opencontainers/image-spec/blob/main/annotations.md
- https://spdx.org/licenses/
- https://www.rfc-editor.org/rfc/rfc3339
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.labels import OCI, Label, fault, labels
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0801", "invalid-label", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each label whose literal value its specification does not allow."""
    for stage in dockerfile.stages:
        for label in labels(stage):
            wrong = fault(label.key, label.value) if label.known else None
            if wrong:
                yield RULE.at(label.span, f"{_short(label)} is {wrong}", mend=_mend(label))


def _short(label: Label) -> str:
    return label.key.removeprefix(OCI)


def _mend(label: Label) -> str:
    if label.key.endswith(".licenses"):
        return "use identifiers of https://spdx.org/licenses/, joined with AND or OR"
    return "write it as the specification says, or leave the label out"
