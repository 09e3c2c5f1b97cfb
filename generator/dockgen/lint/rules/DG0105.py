"""DG0105: the final stage installs tools that a running application does not need.

*Why*

A compiler, a debugger or an SSH server in the image is one more thing to patch, and what an intruder would
have to bring along otherwise.

*Bad*

```dockerfile
FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev gdb
COPY . /app
EXPOSE 8000
CMD ["python", "/app/main.py"]
```

*Good*

```dockerfile
FROM python:3.13-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev
RUN pip wheel --wheel-dir /wheels psycopg2

FROM python:3.13-slim
RUN --mount=from=build,source=/wheels,target=/wheels pip install /wheels/*.whl
COPY . /app
EXPOSE 8000
CMD ["python", "/app/main.py"]
```

*When it is fine*

The application compiles while it runs (a comment above the compiler that says so keeps the rule silent, and
so does Triton, which compiles its kernels), or the image is meant for people to work in. Packages that the
same RUN takes away again, and those that the image starts, are not reported; editors, git and SSH's client by
the strict profile only. The default profile speaks of services alone (a port, a health check, a known server,
a compose file or a manifest that keeps the image running): any other image may be one to build or test in.

*References*

- https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages
- https://docs.docker.com/build/building/multi-stage/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.lint.knowledge.packages import COMPILERS, Package, kept_packages
from dockgen.lint.knowledge.services import may_serve
from dockgen.lint.knowledge.stages import (
    compiles_at_run_time,
    is_started,
    is_workshop,
    shipped,
    start_words,
)
from dockgen.lint.knowledge.starters import builds_at_start
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0105", "tools-in-final-stage", Severity.WARNING)
_OTHERS = {"openssh-server", "dropbear", "gdb", "telnet"}
# People put them there on purpose, to look into a container.
_EDITORS = {"vim", "vim-tiny", "vim-enhanced", "nano", "emacs", "emacs-nox"}
_STRICT = {
    "git", "openssh-client", "openssh", "openssh-clients", "subversion", "mercurial", "wget", "curl",
    "netcat", "netcat-openbsd", "strace", "less",
}  # fmt: skip
_AT_RUN_TIME = regex(
    r"(?i)\brun[- ]?time\b|\bin case\b|\bwhile\b.{0,40}\bruns?\b|\bon the fly\b|"
    # Not what is kept small, sorted or in step.
    r"\bkept\b(?! (?:small|sorted|in sync|up[- ]to)\b)|"
    r"\bkeep\b(?!(?: (?:the|this|our|your|it|final|docker|resulting)){0,3}"
    r" (?:images?|layers?|size|small|smaller|list|sorted|in sync|order|cache|caching)\b)|"
    r"\bdev ?tools\b|\b(?:extensions?|plugins?|add-?ons?)\b.{0,20}\bneeds?\b"
)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at what the RUNs of the final stage and its parents leave installed."""
    stage = dockerfile.final_stage
    if stage is None or not is_started(stage) or is_workshop(dockerfile):
        return
    unwanted = COMPILERS | _OTHERS | (_EDITORS | _STRICT if context.profile is Profile.STRICT else set())
    # An editor alone is no news by default, but it is named beside what is.
    told = unwanted | _EDITORS
    runs = [
        one for part in reversed(shipped(dockerfile)) for one in part.instructions if one.keyword == "RUN"
    ]
    kept = [(run, [one for one in kept_packages(run) if one.name in told]) for run in runs]
    if not any(found for _, found in kept) or not may_serve(stage, context, dockerfile.path):
        return
    called = _called(stage)
    if compiles_at_run_time(stage) or builds_at_start(stage, context.build):
        called |= COMPILERS
    for run, candidates in kept:
        found = [
            one for one in candidates if one.name not in called and not _is_explained(dockerfile, run, one)
        ]
        if any(one.name in unwanted for one in found):
            names = ", ".join(dict.fromkeys(package.name for package in found))
            mend = "install them in a build stage, or take them away in the same RUN"
            yield RULE.at(
                found[0].span, f"the final image keeps tools it does not need to run: {names}", mend=mend
            )


def _called(stage: Stage) -> set[str]:
    """Return the packages whose programs the image starts, sets up or asks for its health."""
    words = set(start_words(stage))
    for one in stage.inherited("HEALTHCHECK")[-1:]:
        words |= {part for word in one.words for part in word.text.split()}
    called = {name for name in _OTHERS | _EDITORS if name.partition("-")[0] in words} | words
    # Set up by name, or one of the services that a supervisor starts.
    set_up = any(
        re.search(r"\bsshd\b|\bsupervisor\b", one.text)
        for key in ("RUN", "COPY", "CMD")
        for one in stage.inherited(key)
    )
    return called | ({"openssh-server"} if set_up else set())


def _is_explained(dockerfile: Dockerfile, instruction: Instruction, package: Package) -> bool:
    """Return whether a comment above a compiler or its RUN says that the application calls it."""
    places = {package.span.start.line, instruction.span.start.line}
    above = {line - 1 for line in places}
    for comment in reversed(dockerfile.comments):
        if comment.span.start.line in above:
            if package.name in COMPILERS and _AT_RUN_TIME.search(comment.text):
                return True
            above.add(comment.span.start.line - 1)
    return False
