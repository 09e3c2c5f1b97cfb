"""DG0208: the image asks for the Docker engine's socket.

*Why*

Whoever can write to docker.sock can start a privileged container: it is root on the host.

*Bad*

```dockerfile
FROM alpine:3.24
VOLUME /var/run/docker.sock
CMD ["sh"]
```

*Good*

```dockerfile
FROM alpine:3.24
ENV DOCKER_HOST=tcp://docker-proxy:2375
CMD ["sh"]
```

*When it is fine*

Never in the image: who starts the container decides on mounts. A proxy that lets a few calls through is
safer.

*References*

- https://docs.docker.com/engine/security/#docker-daemon-attack-surface
- https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0208", "engine-socket", Severity.WARNING)
_SOCKETS = ("docker.sock", "containerd.sock", "podman.sock", "crio.sock")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at volumes and at files copied."""
    for stage in dockerfile.stages:
        for instruction in stage.instructions:
            if instruction.keyword not in {"VOLUME", "COPY", "ADD"}:
                continue
            for word in instruction.words:
                if word.text.strip("\"'").endswith(_SOCKETS):
                    mend = "leave the mount to whoever starts the container"
                    message = "the image takes the container engine's socket, which is root on the host"
                    yield RULE.at(word.span, message, mend=mend)
