"""DG0105: the final stage installs tools that a running application does not need.

*Why*

A compiler, an editor or an SSH server in the image is one more thing to patch, and what an intruder would
have to bring along otherwise.

*Bad*

```dockerfile
FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev vim
COPY . /app
CMD ["python", "/app/main.py"]
```

*Good*

```dockerfile
FROM python:3.13-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev
RUN pip wheel --wheel-dir /wheels psycopg2

FROM python:3.13-slim
RUN --mount=from=build,source=/wheels,target=/wheels pip install /wheels/*.whl
CMD ["python", "/app/main.py"]
```

*When it is fine*

The application compiles while it runs (a comment above the compiler that says so keeps the rule silent, and
so does Triton, which compiles its kernels), or the image is meant for people to work in. Packages that the
same RUN takes away again, and those that the image starts, are not reported; git and SSH's client by the
strict profile only.

*References*

- https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages
- https://docs.docker.com/build/building/multi-stage/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.packages import Package, kept_packages
from dockgen.lint.knowledge.stages import (
    compiles_at_run_time,
    is_started,
    is_workshop,
    shipped,
    start_words,
)
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0105", "tools-in-final-stage", Severity.WARNING)
_COMPILERS = {
    "gcc", "g++", "clang", "build-essential", "build-base", "alpine-sdk", "gcc-c++", "cmake",
    "golang", "golang-go", "rustc", "cargo", "rust", "go", "gfortran",
}  # fmt: skip
_OTHERS = {
    "vim", "vim-tiny", "vim-enhanced", "nano", "emacs", "emacs-nox", "openssh-server", "dropbear", "gdb",
    "telnet",
}  # fmt: skip
_STRICT = {
    "git", "openssh-client", "openssh", "openssh-clients", "subversion", "mercurial", "wget", "curl",
    "netcat", "netcat-openbsd", "strace", "less",
}  # fmt: skip
_AT_RUN_TIME = re.compile(r"(?i)\brun[- ]?time\b|\bin case\b|\bwhile\b.{0,40}\bruns?\b")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at what the RUNs of the final stage and its parents leave installed."""
    stage = dockerfile.final_stage
    if stage is None or not is_started(stage) or is_workshop(dockerfile):
        return
    unwanted = _COMPILERS | _OTHERS | (_STRICT if context.profile is Profile.STRICT else set())
    called = set(start_words(stage)) | (_COMPILERS if compiles_at_run_time(stage) else set())
    for part in reversed(shipped(dockerfile)):
        for instruction in part.instructions:
            if instruction.keyword != "RUN":
                continue
            found = [
                one
                for one in kept_packages(instruction)
                if one.name in unwanted - called and not _is_explained(dockerfile, one)
            ]
            if found:
                names = ", ".join(dict.fromkeys(package.name for package in found))
                mend = "install them in a build stage, or take them away in the same RUN"
                yield RULE.at(
                    found[0].span, f"the final image keeps tools it does not need to run: {names}", mend=mend
                )


def _is_explained(dockerfile: Dockerfile, package: Package) -> bool:
    """Return whether the comment right above a compiler in the list says that the application calls it."""
    above = dockerfile.lines[package.span.start.line - 2].strip() if package.span.start.line > 1 else ""
    return package.name in _COMPILERS and above.startswith("#") and bool(_AT_RUN_TIME.search(above))
