"""DG0304: ADD clones a repository without naming a commit.

*Why*

A branch moves, and a tag can be moved. Only a commit's full hash says which source is built.

*Bad*

```dockerfile
FROM alpine:3.24
ADD https://github.com/moby/buildkit.git#v0.24.0 /src
```

*Good*

```dockerfile
FROM alpine:3.24
ADD https://github.com/moby/buildkit.git#9d5a2a3a1c7e4f1b0a6c8d2e3f4a5b6c7d8e9f01 /src
```

*When it is fine*

The commit is given by a build argument, or the newest source is what the image is for.

*References*

- https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.knowledge.remotes import git_reference
from dockgen.lint.knowledge.stages import is_for_tests
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0304", "add-git-without-commit", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at each source of ADD that is a git repository."""
    lenient = context.profile is not Profile.STRICT
    for stage in dockerfile.stages:
        if not (lenient and is_for_tests(stage)):
            for instruction in stage.instructions:
                yield from _moving(instruction)


def _moving(instruction: Instruction) -> Iterator[Finding]:
    if instruction.keyword == "ADD" and not instruction.flag("checksum"):
        for word in instruction.words[:-1]:
            reference = git_reference(word.text)
            if reference is None or "$" in reference or re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", reference):
                continue
            name = f"{reference} can move" if reference else "the default branch moves"
            mend = "put the commit's full hash behind #"
            yield RULE.at(word.span, f"ADD clones a repository without a commit: {name}", mend=mend)
