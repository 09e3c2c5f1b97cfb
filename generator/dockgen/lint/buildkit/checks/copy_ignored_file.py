"""CopyIgnoredFile: COPY or ADD names a file that the ignore file keeps out of the build.

*Why*

What `.dockerignore` matches is not sent to the builder, so the instruction fails, or takes less than was
meant. BuildKit says nothing as soon as the ignore file has a line with `!`, and so does this check.

*Bad*

```text .dockerignore
*.log
```

```dockerfile
FROM scratch
COPY app.log /
```

*Good*

```text .dockerignore
*.log
```

```dockerfile
FROM scratch
COPY app.conf /
```

*References*

- https://docs.docker.com/reference/build-checks/copy-ignored-file/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.ignore import IgnoreFile, clean_path
from dockgen.lint.buildkit import expansion
from dockgen.lint.buildkit.build import Build, Step
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.regexes import regex

CHECK = Check("CopyIgnoredFile", practice=7)
_REMOTE = regex(r"[a-z][a-z0-9+.-]*://|git@|github\.com/", re.IGNORECASE)
_EVERYTHING = frozenset({"*", "**", "**/*"})


def find(build: Build) -> Iterator[Hit]:
    """Match each source in the build context against the ignore file."""
    ignored = build.context.build.ignore if build.context.build else IgnoreFile()
    if not ignored.lines or ignored.keeps_some:
        return
    for step in build.steps:
        for source in _sources(step):
            if _is_ignored(source, ignored):
                yield Hit(
                    step.place.span,
                    f"'{source}' is kept out of the build by the ignore file",
                    governor=step.governor,
                    mend="take the line out of the ignore file, or copy something else",
                )


def _sources(step: Step) -> Iterator[str]:
    """Yield the paths in the build context, variables put in and shortened."""
    instruction = step.instruction
    if instruction.keyword not in {"ADD", "COPY"} or instruction.flag("from"):
        return
    for word in instruction.words[:-1]:
        found = None if expansion.is_heredoc(word.text) else step.environment.expand(word.text)
        text = found.text if found else None
        if text is not None and not _REMOTE.match(text):
            yield clean_path(text)


def _is_ignored(path: str, ignored: IgnoreFile) -> bool:
    """Return whether BuildKit takes a path for ignored; the context's root only where all of it is."""
    if path in {".", "/"} and not any(line.text in _EVERYTHING for line in ignored.lines):
        return False
    return ignored.excludes(path)
