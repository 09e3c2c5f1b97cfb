"""FromAsCasing: FROM and AS are written in different cases.

*Why*

Both words work in any case, but two styles on one line make a file harder to read and to search.

*Bad*

```dockerfile
FROM golang:1.26 as build
```

*Good*

```dockerfile
FROM golang:1.26 AS build
```

*References*

- https://docs.docker.com/reference/build-checks/from-as-casing/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.casing import cased, is_consistent, keyword_edits, majority_is_lower
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.model import Fix

CHECK = Check("FromAsCasing")


def find(build: Build) -> Iterator[Hit]:
    """Compare the words; a FROM in mixed case is ConsistentInstructionCasing's concern."""
    for instruction in build.dockerfile.instructions:
        if (
            instruction.keyword != "FROM"
            or len(instruction.words) < 3
            or not is_consistent(instruction.written)
        ):
            continue
        word = instruction.words[1].text
        expected = cased(word, lower=instruction.written.islower())
        if word != expected:
            yield Hit(
                instruction.span,
                f"'{word}' should be written '{expected}', in the case of '{instruction.written}'",
                governor=instruction,
                mend="write FROM and AS in the same case",
                fix=Fix(
                    "write FROM and AS in the file's usual case",
                    keyword_edits(instruction, lower=majority_is_lower(build.dockerfile)),
                ),
            )
