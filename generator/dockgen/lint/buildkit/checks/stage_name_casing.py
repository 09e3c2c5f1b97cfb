"""StageNameCasing: the name of a stage has capital letters.

*Why*

Names of stages are compared without regard to case, but `FROM Build` looks for an image, not for
the stage that was named `Build`. Lower-case names work everywhere and look the same wherever they stand.

*Bad*

```dockerfile
FROM golang:1.26 AS Build
```

*Good*

```dockerfile
FROM golang:1.26 AS build
```

*References*

- https://docs.docker.com/reference/build-checks/stage-name-casing/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.model import Edit, Fix

CHECK = Check("StageNameCasing")


def find(build: Build) -> Iterator[Hit]:
    """Look at the name behind AS."""
    for instruction in build.dockerfile.instructions:
        if instruction.keyword != "FROM" or len(instruction.words) != 3:
            continue
        name = instruction.words[2]
        if name.text != name.text.lower():
            yield Hit(
                instruction.span,
                f"the stage name '{name.text}' should be in lower case",
                governor=instruction,
                mend=f"name it '{name.text.lower()}'",
                fix=Fix("write the stage name in lower case", (Edit(name.span, name.text.lower()),)),
            )
