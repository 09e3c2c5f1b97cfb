"""DG1001: CMD or ENTRYPOINT in shell form starts the program below a shell.

*Why*

In shell form process 1 is `/bin/sh -c`. It hands no signals on, so `docker stop` waits ten seconds and kills,
open requests and writes are lost; arguments of `docker run` are dropped; and an image without a shell does
not start at all.

*Bad*

```dockerfile
FROM node:24.21.0-trixie-slim
CMD node server.js
```

*Good*

```dockerfile
FROM node:24.21.0-trixie-slim
CMD ["node", "server.js"]
```

*When it is fine*

With `exec` before the program, where SHELL says that a shell is wanted, and for what ends by itself: where
nothing shows a service (a port, a health check, a known server, a compose file or a manifest that keeps the
image running), the strict profile alone tells it, unless the base image has no shell. So it is where the
base's `/bin/sh` (BusyBox, bash) puts the command that it runs last in its own place.

*References*

- https://docs.docker.com/reference/build-checks/json-args-recommended/
- hadolint DL3025
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.catalog.bases import base_of
from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.lint.buildkit.exec_form import exec_form
from dockgen.lint.knowledge.services import may_serve
from dockgen.lint.knowledge.stages import is_for_tests, only_compares
from dockgen.lint.model import Context, Edit, Finding, Fix, Profile, Rule, Severity
from dockgen.regexes import regex

# It ends by itself: nobody stops it.
_ENDS = regex(r"git\s+clone\b|(?:go|cargo|npm|mvn)\s+test\b|make\b")
# What these shells run last they put in their own place, so that the signal arrives, but not in a pipe or
# after `||`, and bash not where something is redirected. Tried: BusyBox 1.35, bash 5.2; dash 0.5.12 stays.
_GIVES_WAY = {
    "busybox": regex(r"(?!(?:while|for|until|case|if)\b|\{)[^|&()`]+(?:&&[^|&()`]+)*"),
    "bash": regex(r"(?!(?:while|for|until|case|if)\b|\{)[^|&()`<>]+(?:&&[^|&()`<>]+)*"),
}
# sh, bash, busybox.static, /bin: not `publish` or `dashboard`.
_SHELL = regex(r"(?<![\w-])(?:[a-z]{0,3}sh|busybox)(?![\w-])|/bin/?(?=[\s\"\]]|$)")
RULE = Rule("DG1001", "shell-form", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each CMD and ENTRYPOINT in shell form."""
    for stage in dockerfile.stages:
        # What a stage to test or check in starts ends by itself: nobody stops it.
        if stage is not dockerfile.final_stage and is_for_tests(stage):
            continue
        base = base_of(stage.base_image or "")
        no_shell = bool(base and base.shell is False) and not _brings_shell(stage)
        if not no_shell and not _is_stopped(stage, dockerfile, context):
            continue
        gives_way = _GIVES_WAY.get(base.sh or "") if base and context.profile is not Profile.STRICT else None
        for instruction in stage.instructions:
            if gives_way and gives_way.fullmatch(instruction.text):
                continue
            if _is_shell_form(instruction, stage, no_shell=no_shell):
                why = "the base image has no shell" if no_shell else "docker stop's signal goes to the shell"
                yield RULE.at(
                    instruction.span,
                    f"{instruction.keyword} is in shell form: {why}",
                    mend=f'write {instruction.keyword} ["program", "argument"]',
                    severity=Severity.ERROR if no_shell else None,
                    fix=_as_json(instruction, stage, no_shell=no_shell),
                )


def _is_stopped(stage: Stage, dockerfile: Dockerfile, context: Context) -> bool:
    """Return whether a container of the stage may run until somebody stops it."""
    written = any(one.keyword in {"CMD", "ENTRYPOINT"} and not one.json_form for one in stage.instructions)
    return written and may_serve(stage, context, dockerfile.path)


def _is_shell_form(instruction: Instruction, stage: Stage, *, no_shell: bool) -> bool:
    shell_form = instruction.keyword in {"CMD", "ENTRYPOINT"} and not instruction.json_form
    if not shell_form or not instruction.words:
        return False
    if no_shell:
        return True
    return not (
        _ENDS.match(instruction.words[0].text)
        or instruction.text.startswith("exec ")
        or stage.inherited("SHELL")
        or only_compares(instruction)
    )


def _brings_shell(stage: Stage) -> bool:
    copies = (one for one in (*stage.inherited("COPY"), *stage.inherited("ADD")) if one.words)
    return any(_SHELL.search(one.text) or one.words[-1].text.strip("\"'") == "/" for one in copies)


def _as_json(instruction: Instruction, stage: Stage, *, no_shell: bool) -> Fix | None:
    """Return the JSON form where no shell is needed; safe where no other instruction sees the difference."""
    span = instruction.words[0].span
    array = exec_form(instruction.words[0].text)
    if array is None or span.start.line != span.end.line:
        return None
    partner = "CMD" if instruction.keyword == "ENTRYPOINT" else "ENTRYPOINT"
    return Fix("write the JSON form", (Edit(span, array),), safe=no_shell or not stage.inherited(partner))
