"""DG0205: the application's files belong to the user that it runs as.

*Why*

The owner may change a file whatever its mode. Code that belongs to root, readable to all, cannot be
rewritten by an intruder, and the container can run with a read-only root file system.

*Bad*

```dockerfile
FROM node:24-slim
WORKDIR /app
COPY --chown=node:node . .
USER node
```

*Good*

```dockerfile
FROM node:24-slim
WORKDIR /app
COPY --chmod=u=rwX,go=rX . .
USER node
```

*When it is fine*

The files are data that the application writes to.

*References*

- https://docs.docker.com/reference/dockerfile/#copy---chown---chmod
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.catalog.bases import is_root
from dockgen.dockerfile.model import Dockerfile, Instruction, Span
from dockgen.lint.knowledge.file_modes import is_data, owner_and_targets
from dockgen.lint.knowledge.stages import shipped
from dockgen.lint.knowledge.steps import steps
from dockgen.lint.knowledge.users import run_user
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0205", "code-owned-by-run-user", Severity.WARNING, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at --chown and at recursive chown in the final stage and its parents."""
    stage = dockerfile.final_stage
    if stage is None or run_user(stage, dockerfile).root:
        return
    for part in reversed(shipped(dockerfile)):
        for instruction in part.instructions:
            for span, owner, path in _given(instruction):
                mend = "leave the code to root, and give only the folders of data to the user"
                yield RULE.at(span, f"{path} belongs to {owner}, who can change it at run time", mend=mend)


def _given(instruction: Instruction) -> Iterator[tuple[Span, str, str]]:
    """Yield each change of owner away from root: place, owner, path."""
    flag = instruction.flag("chown") if instruction.keyword in {"COPY", "ADD"} else None
    owner = (flag.value or "").strip("\"'") if flag else ""
    if flag and instruction.words and owner and not is_root(owner):
        path = instruction.words[-1].text
        if not is_data(path) and not all(is_data(word.text) for word in instruction.words[:-1]):
            yield flag.span, owner, path
    for step in steps(instruction) if instruction.keyword == "RUN" else ():
        owner, targets = owner_and_targets(step) or ("root", [])
        named = [target.text for target in targets if not is_data(target.text)]
        if named and not is_root(owner):
            yield step.span, owner, ", ".join(named)
