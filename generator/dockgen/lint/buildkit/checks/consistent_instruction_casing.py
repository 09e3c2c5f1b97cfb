"""ConsistentInstructionCasing: an instruction is written in another case than most of the file.

*Why*

Instructions work in any case. One style throughout (upper case by convention) sets them apart from
their arguments; a mixed file looks as if the odd ones meant something else.

*Bad*

```dockerfile
FROM debian:trixie-slim
Run apt-get --version
```

*Good*

```dockerfile
FROM debian:trixie-slim
RUN apt-get --version
```

*References*

- https://docs.docker.com/reference/build-checks/consistent-instruction-casing/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.casing import cased, counted, keyword_edits, majority_is_lower
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.model import Fix

CHECK = Check("ConsistentInstructionCasing")


def find(build: Build) -> Iterator[Hit]:
    """Compare each keyword with the case of the majority."""
    lower = majority_is_lower(build.dockerfile)
    for instruction in counted(build.dockerfile):
        expected = cased(instruction.written, lower=lower)
        if instruction.written != expected:
            yield Hit(
                instruction.span,
                f"'{instruction.written}' should be written '{expected}', as most of the file is",
                mend=f"write {expected}",
                fix=Fix("write it in the file's usual case", keyword_edits(instruction, lower=lower)),
            )
