"""MultipleInstructionsDisallowed: a stage has several CMD, ENTRYPOINT or HEALTHCHECK.

*Why*

Only the last one counts. The earlier ones are dead text that a reader takes for real.

*Bad*

```dockerfile
FROM node:24
CMD ["node", "old.js"]
CMD ["node", "server.js"]
```

*Good*

```dockerfile
FROM node:24
CMD ["node", "server.js"]
```

*References*

- https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build, Step
from dockgen.lint.buildkit.model import Check, Hit

CHECK = Check("MultipleInstructionsDisallowed")
_ONCE = frozenset({"CMD", "ENTRYPOINT", "HEALTHCHECK"})


def find(build: Build) -> Iterator[Hit]:
    """Report the earlier one, which the later one makes void."""
    earlier: dict[tuple[int, str], Step] = {}
    for step in build.steps:
        keyword = step.instruction.keyword
        if keyword not in _ONCE:
            continue
        before = earlier.get((step.stage.index, keyword))
        if before:
            yield Hit(
                before.place.span,
                f"this {keyword} has no effect: only the stage's last one, on line {step.place.line}, counts",
                governor=step.governor,
                mend=f"delete this {keyword}",
            )
        earlier[step.stage.index, keyword] = step
