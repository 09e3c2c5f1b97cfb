"""JSONArgsRecommended: CMD or ENTRYPOINT is in shell form.

*Why*

In shell form the program runs below `/bin/sh -c`. The shell is then process 1: it passes no signals
on, so `docker stop` waits and kills. A base image without a shell can't start it at all, and with a
shell-form ENTRYPOINT all arguments are lost. With a SHELL instruction the shell is taken for wanted.

*Bad*

```dockerfile
FROM node:24
CMD node server.js
```

*Good*

```dockerfile
FROM node:24
CMD ["node", "server.js"]
```

*When it is fine*

Variables or pipes are needed at start. Then a script that ends in `exec` does the same
and passes signals on.

*References*

- https://docs.docker.com/reference/build-checks/json-args-recommended/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Instruction
from dockgen.lint.buildkit.build import Build, Step
from dockgen.lint.buildkit.exec_form import exec_form
from dockgen.lint.buildkit.inherited import has_no_entrypoint
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.model import Edit, Fix

CHECK = Check("JSONArgsRecommended", practice=10)


def find(build: Build) -> Iterator[Hit]:
    """Look at the instructions of stages whose lineage sets no SHELL before them."""
    with_shell: set[int] = set()
    for step in build.steps:
        stage, instruction = step.stage, step.instruction
        if stage.parent and stage.parent.index in with_shell:
            with_shell.add(stage.index)
        if instruction.keyword == "SHELL":
            with_shell.add(stage.index)
        elif _is_shell_form(instruction) and stage.index not in with_shell:
            yield Hit(
                step.place.span,
                f"{instruction.keyword} in shell form keeps the signals of docker stop from the program",
                governor=step.governor,
                mend=f'write it as a JSON array: {instruction.keyword} ["program", "argument"]',
                fix=_fix(step) if step.governor else None,
            )


def _is_shell_form(instruction: Instruction) -> bool:
    return instruction.keyword in {"CMD", "ENTRYPOINT"} and not instruction.json_form


def _fix(step: Step) -> Fix | None:
    """Write the JSON form where the command needs no shell."""
    words = step.instruction.words
    array = exec_form(words[0].text) if len(words) == 1 else None
    if array is None or words[0].span.start.line != words[0].span.end.line:
        return None
    return Fix("write the JSON form", (Edit(words[0].span, array),), safe=_keeps_meaning(step))


def _keeps_meaning(step: Step) -> bool:
    """Return whether nothing else has a say in how the command starts.

    An ENTRYPOINT gets the CMD as its arguments: with or without the shell makes a difference to it.
    """
    if step.instruction.keyword == "ENTRYPOINT":
        return not step.stage.inherited("CMD")
    return not step.stage.inherited("ENTRYPOINT") and has_no_entrypoint(step.stage.base_image)
