"""DG0204: every user of the container may change these files.

*Why*

A program that is broken into as an unprivileged user can then rewrite the application, its start script or
its libraries, and stays for as long as the container does.

*Bad*

```dockerfile
FROM node:24-slim
COPY . /app
RUN chmod -R 777 /app
USER 1000
```

*Good*

```dockerfile
FROM node:24-slim
COPY . /app
RUN mkdir /app/cache && chown 1000 /app/cache
USER 1000
```

*When it is fine*

Folders for data, caches and logs: by their usual names, or made empty by the same RUN, they are not reported.
Nor are, by default, places that nothing shows to hold code: no folder of programs, no script, and nothing
that the file copies to.

*References*

- https://docs.docker.com/build/building/best-practices/#user
- https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Span
from dockgen.lint.knowledge.file_modes import holds_code, is_data, lets_everybody_write, mode_and_targets
from dockgen.lint.knowledge.stages import shipped
from dockgen.lint.knowledge.steps import steps
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0204", "world-writable", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at chmod and at --chmod in the final stage and its parents."""
    for stage in reversed(shipped(dockerfile)):
        for instruction in stage.instructions:
            for span, path in _writable(instruction):
                mend = "give the right to write to one user, and only for folders of data"
                if context.profile is not Profile.STRICT and not any(
                    holds_code(one, stage) for one in path.split(", ")
                ):
                    continue
                yield RULE.at(span, f"every user of the container may change {path}", mend=mend)


def _made(instruction: Instruction) -> set[str]:
    """Return the folders that a RUN makes: empty ones, which hold what the application writes."""
    made = (step for step in steps(instruction) if step.name in {"mkdir", "install"})
    return {arg.text.rstrip("/") for step in made for arg in step.args if not arg.text.startswith("-")}


def _writable(instruction: Instruction) -> Iterator[tuple[Span, str]]:
    if instruction.keyword == "RUN":
        for step in steps(instruction):
            mode, targets = mode_and_targets(step) or ("", [])
            if not targets or not lets_everybody_write(mode):
                continue
            made = _made(instruction)
            kept = (target.text for target in targets if "$" not in target.text and not is_data(target.text))
            named = [text for text in kept if text.rstrip("/") not in made]
            if named:
                yield step.span, ", ".join(named)
    flag = instruction.flag("chmod") if instruction.keyword in {"COPY", "ADD"} else None
    if flag and instruction.words and lets_everybody_write((flag.value or "")[:80].strip("\"'")):
        path = instruction.words[-1].text
        if not is_data(path):
            yield flag.span, path
