"""WorkdirRelativePath: the first WORKDIR of a stage is a relative path.

*Why*

It is taken relative to the base image's own working directory. When the base image changes that, all
files land elsewhere. Behind an absolute WORKDIR of the same file a relative one is fine.

*Bad*

```dockerfile
FROM node:24
WORKDIR app
```

*Good*

```dockerfile
FROM node:24
WORKDIR /app
```

*References*

- https://docs.docker.com/reference/build-checks/workdir-relative-path/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Build, Step
from dockgen.lint.buildkit.model import Check, Hit

CHECK = Check("WorkdirRelativePath")


def find(build: Build) -> Iterator[Hit]:
    """Look at the first WORKDIR of each stage and its parents."""
    settled: set[int] = set()
    for step in build.steps:
        parent = step.stage.parent
        if parent and parent.index in settled:
            settled.add(step.stage.index)
        if step.instruction.keyword != "WORKDIR" or step.stage.index in settled:
            continue
        settled.add(step.stage.index)
        path = _relative(step)
        if path is not None:
            yield Hit(
                step.place.span,
                f"the relative path '{path}' depends on the base image's working directory",
                governor=step.governor,
                mend="give an absolute path",
            )


def _relative(step: Step) -> str | None:
    """Return the path if it is surely relative."""
    word = step.instruction.words[0].text if step.instruction.words else ""
    expansion = step.environment.expand(word)
    beginning = expansion.beginning if expansion else None
    if beginning is None or beginning.startswith("/") or _is_windows(step):
        return None
    return beginning


def _is_windows(step: Step) -> bool:
    """Return whether the path begins with a drive, as on a base image for Windows."""
    words = step.instruction.words
    return bool(words) and words[0].text[1:2] == ":" and words[0].text[:1].isalpha()
