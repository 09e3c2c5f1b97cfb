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

The stage is not part of the final image, or the file in the build context holds no secret.

*References*

- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/build/cache/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.context import BuildContext
from dockgen.lint.knowledge.secret_files import is_often_secret, secret_in
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
                    if origin and not _is_harmless(arg.text, origin, context.build):
                        message = f"{arg.text} is deleted here, but stays in the layer of line {origin.line}"
                        mend = "mount it with RUN --mount=type=secret instead"
                        yield RULE.at(arg.span, message, mend=mend)
            before.append(instruction)


def _is_harmless(path: str, origin: Instruction, build: BuildContext | None) -> bool:
    """Return whether COPY or ADD brought the file, and it holds no secret in the build context."""
    name = path.rstrip("/").rpartition("/")[2]
    if build is None or origin.keyword not in {"COPY", "ADD"} or origin.flag("from"):
        return False
    sources = (word.text.strip("\"'").removeprefix("./") for word in origin.words[:-1])
    found = [one for one in sources if one.rpartition("/")[2] == name and one in build.files]
    return bool(found) and not any(secret_in(build.root, one) for one in found)


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
