"""LegacyKeyValueFormat: ENV or LABEL is written with a blank between name and value.

*Why*

The old form `ENV name value` takes the whole rest of the line as one value, so a second pair on the
line becomes part of the first. With `=` each pair stands for itself.

*Bad*

```dockerfile
FROM node:24
ENV NODE_ENV production
```

*Good*

```dockerfile
FROM node:24
ENV NODE_ENV=production
```

*References*

- https://docs.docker.com/reference/build-checks/legacy-key-value-format/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Instruction, Span, Word
from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.model import Edit, Fix
from dockgen.regexes import regex

CHECK = Check("LegacyKeyValueFormat")
_QUOTED = regex(r"\"[^\"\\`]*\"|'[^'\\`]*'")
_NAME = regex(r"[A-Za-z0-9_./-]+")


def find(build: Build) -> Iterator[Hit]:
    """Look for pairs without `=`."""
    for step in build.steps:
        instruction = step.instruction
        if instruction.keyword not in {"ENV", "LABEL"} or not instruction.pairs:
            continue
        key, value = instruction.pairs[0]
        if value is not None and _is_legacy(instruction, key):
            yield Hit(
                step.place.span,
                f"write '{instruction.written} name=value', not the old form with a blank",
                governor=step.governor,
                mend="put = between name and value",
                fix=_fix(key, value) if step.governor else None,
            )


def _is_legacy(instruction: Instruction, key: Word) -> bool:
    return not instruction.text.removeprefix(key.text).startswith("=")


def _fix(key: Word, value: Word) -> Fix | None:
    """Put `=` in place of the blank, and quotes where the value has blanks and no quotes of its own."""
    one_line = key.span.start.line == value.span.end.line
    if not one_line or not _NAME.fullmatch(key.text):
        return None
    if not re.search(r"\s", value.text) or _QUOTED.fullmatch(value.text):
        text = value.text
    elif re.search(r"[\"'\\`]", value.text):
        return None
    else:
        text = f'"{value.text}"'
    return Fix(
        "put = between name and value", (Edit(Span(key.span.start, value.span.end), f"{key.text}={text}"),)
    )
