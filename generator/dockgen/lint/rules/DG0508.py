"""DG0508: a secret file is deleted only in a later layer.

*Why*

Each instruction makes a layer of its own. Deleting the file in a later one hides it; it can still be taken
out of the earlier one.

*Bad*

```dockerfile
FROM node:24-slim
COPY .npmrc package.json ./
RUN npm install
RUN rm .npmrc
```

*Good*

```dockerfile
FROM node:24-slim
COPY package.json ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true npm install
```

*When it is fine*

The stage is not part of the final image.

*References*

- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/build/cache/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.knowledge.secret_files import is_often_secret
from dockgen.lint.knowledge.stages import shipped
from dockgen.lint.knowledge.steps import steps
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0508", "secret-deleted-later", Severity.ERROR)
# Files are deleted soon; looking back without a bound would take a hostile file's square.
_FARTHEST = 200


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at each rm in the final stage and its parents for a file that an earlier instruction brought."""
    before: list[Instruction] = []
    for stage in reversed(shipped(dockerfile)):
        for instruction in stage.instructions:
            for step in steps(instruction) if instruction.keyword == "RUN" else ():
                for arg in step.args if step.name in {"rm", "shred", "unlink"} else ():
                    origin = _origin(arg.text, instruction, before[-_FARTHEST:])
                    if origin:
                        message = f"{arg.text} is deleted here, but stays in the layer of line {origin.line}"
                        mend = "mount it with RUN --mount=type=secret instead"
                        yield RULE.at(arg.span, message, mend=mend)
            before.append(instruction)


def _origin(path: str, here: Instruction, before: list[Instruction]) -> Instruction | None:
    """Return the earlier instruction that brought the file, unless the same RUN made it anew."""
    name = path.rstrip("/").rpartition("/")[2]
    if path.startswith("-") or not is_often_secret(path):
        return None
    whole = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")
    if len(whole.findall(here.text)) > 1:
        return None
    return next((one for one in reversed(before) if _brings(one, whole)), None)


def _brings(instruction: Instruction, name: re.Pattern[str]) -> bool:
    if instruction.keyword in {"COPY", "ADD"}:
        return any(name.search(word.text) for word in instruction.words)
    return instruction.keyword == "RUN" and bool(
        re.search(rf">[ \t]{{0,8}}[^\s>]{{0,200}}?{name.pattern}", instruction.text)
    )
