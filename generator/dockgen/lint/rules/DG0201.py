"""DG0201: the final stage runs as root.

*Why*

Root in a container is root on the host's kernel, held back by nothing but the isolation. A process that is
broken into can change the image's own programs, and every gap in that isolation is open to it.

*Bad*

```dockerfile
FROM python:3.13-slim
COPY app.py /srv/app.py
EXPOSE 8080
CMD ["python", "/srv/app.py"]
```

*Good*

```dockerfile
FROM python:3.13-slim
COPY app.py /srv/app.py
USER 10001:10001
EXPOSE 8080
CMD ["python", "/srv/app.py"]
```

*When it is fine*

The entry point needs root for a moment and steps down by itself (DG0211 says so); a tool whose work is the
host's own, or a server that only root can be (sshd, cron, a VPN). The default profile speaks of services
alone: something must show that the image is one, as a port, a health check, a known server or a name like
worker in its command, a compose file or a command line that publishes a port or restarts it, a Kubernetes
Deployment or StatefulSet. It is silent on an image that starts nothing of its own, one for development or
tests, a command that people run on their own files, a GitHub action (which has to be root), and one that the
repository's own manifests, compose files, README, Makefile or scripts run as another user or on the host's
behalf (the engine's socket, more capabilities, a DaemonSet). The strict profile tells all of these, and also,
as information, where a base image is not known here, and so neither whom it runs as.

*References*

- https://docs.docker.com/build/building/best-practices/#user
- https://docs.docker.com/reference/dockerfile/#user
- https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from dockgen.catalog.bases import parse_reference
from dockgen.dockerfile.model import Dockerfile, Stage
from dockgen.lint.knowledge.commands import is_command
from dockgen.lint.knowledge.deployments import decides
from dockgen.lint.knowledge.host_work import is_for_root
from dockgen.lint.knowledge.services import may_serve
from dockgen.lint.knowledge.stages import (
    base_of_stage,
    is_export,
    is_started,
    is_windows,
    is_workshop,
    runs_something,
)
from dockgen.lint.knowledge.starters import only_passes_on
from dockgen.lint.knowledge.users import run_user, steps_down
from dockgen.lint.model import Confidence, Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0201", "final-stage-root", Severity.ERROR)
# Folders of tests and of the project's own scripts: their images meet no stranger.
_INNER = regex(r"(?i)(^|/)(tests?|testdata|e2e|integration[-_]?tests?|hack)/")
_FOR_TESTS = regex(r"(?i)test[-_]\w")
_BASE = regex(r"(?i)(^|[/._-])base([/._-]|$)")
MEND = "create a user, own nothing of the code by it, and end with USER 10001:10001"


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the last USER in force, else at the base image's default user."""
    stage = dockerfile.final_stage
    if stage is None or not stage.start.words or is_export(stage):
        return
    user = run_user(stage, dockerfile)
    unsure = context.profile is Profile.STRICT and user.instruction is None and _is_foreign(stage)
    if not (user.root or unsure) or _is_meant(stage, dockerfile, context):
        return
    if user.root and user.instruction:
        yield RULE.at(user.instruction.span, f"the final stage runs as root: USER {user.value}", mend=MEND)
    elif user.root:
        message = "the final stage runs as root: there is no USER, and the base image's default is root"
        yield RULE.at(stage.start.span, message, mend=MEND)
    else:
        image = (stage.base_image or "").partition("@")[0]
        message = f"there is no USER, and what {image} runs as is not known here"
        yield RULE.at(stage.start.span, message, mend=MEND, severity=Severity.INFO, confidence=Confidence.LOW)


def _is_meant(stage: Stage, dockerfile: Dockerfile, context: Context) -> bool:
    """Return whether the image steps down by itself, has no root, or is told by the strict profile only."""
    if steps_down(stage, context.build) or is_windows(dockerfile, stage):
        return True
    if context.profile is Profile.STRICT:
        return False
    if (
        not runs_something(stage)
        or is_for_root(stage, dockerfile.path, context.build)
        or _INNER.search(dockerfile.path)
    ):
        return True
    if _FOR_TESTS.match(PurePosixPath(dockerfile.path).parent.name) or is_workshop(
        dockerfile, by_stage=False
    ):
        return True
    if run_user(stage, dockerfile).instruction is None and _is_base(stage, dockerfile.path):
        return True
    if only_passes_on(stage, context.build) or decides(context.root, stage, dockerfile.path):
        return True
    return is_command(context.root, stage, dockerfile.path) or not may_serve(stage, context, dockerfile.path)


def _is_base(stage: Stage, path: str) -> bool:
    """Return whether the image is one for others: by name, or a server's with no application in it."""
    own = (one for keyword in ("COPY", "ADD") for one in stage.inherited(keyword) if not one.flag("from"))
    return bool(_BASE.search("/".join(path.split("/")[-2:]))) or not (is_started(stage) or any(own))


def _is_foreign(stage: Stage) -> bool:
    """Return whether the base is somebody's image that is not known here.

    A bare name is one that the same project builds, a variable alone whatever the build says.
    """
    image = stage.base_image or ""
    fixed = not re.fullmatch(r"\$\{?\w+\}?", stage.lineage[-1].image)
    return (
        fixed
        and ("/" in image or ":" in image)
        and base_of_stage(stage) is None
        and bool(parse_reference(image))
    )
