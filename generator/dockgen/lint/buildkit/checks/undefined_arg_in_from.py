"""UndefinedArgInFrom: FROM uses a variable that no ARG before the first FROM declares.

*Why*

An undeclared variable is empty, so another image is taken than was meant, or none. Only ARGs above
the first FROM count; those inside a stage are not seen by FROM.

*Bad*

```dockerfile
FROM node:24${VARIANT}
```

*Good*

```dockerfile
ARG VARIANT=""
FROM node:24${VARIANT}
```

*References*

- https://docs.docker.com/reference/build-checks/undefined-arg-in-from/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.buildkit.suggest import nearest

CHECK = Check("UndefinedArgInFrom")
# The search for a similar name takes time, which a file full of mistakes must not multiply.
_MOST_HINTS = 20


def find(build: Build) -> Iterator[Hit]:
    """Expand the image's name and the platform of each FROM."""
    # Most files name no variable there.
    if not any("$" in one.start.text or one.start.flags for one in build.dockerfile.stages):
        return
    arguments = build.arguments
    declared = dict.fromkeys((*arguments.variables.declared(), *arguments.names()))
    hints = _MOST_HINTS
    for stage in build.dockerfile.stages:
        platform = stage.start.flag("platform")
        for word in (stage.image, (platform and platform.value) or ""):
            expansion = arguments.expand(word)
            for name in expansion.unset if expansion else ():
                if name not in declared:
                    hints -= 1
                    yield Hit(
                        stage.start.span,
                        f"FROM uses '{name}', which no ARG before the first FROM declares"
                        + _hint(nearest(name, declared) if hints >= 0 else ""),
                        governor=stage.start,
                        mend=f"put ARG {name} before the first FROM",
                    )


def _hint(name: str) -> str:
    return f" (did you mean {name}?)" if name else ""
