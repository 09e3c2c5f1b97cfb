"""DG0210: a port below 1024 is exposed by an image that does not run as root.

*Why*

Outside Docker's own default setting a process needs a capability to bind such a port; on many Kubernetes
nodes the container would not start.

*Bad*

```dockerfile
FROM node:24-slim
USER 1000
EXPOSE 80
CMD ["node", "server.js"]
```

*Good*

```dockerfile
FROM node:24-slim
USER 1000
EXPOSE 8080
CMD ["node", "server.js"]
```

*When it is fine*

The program has the capability, or every engine that runs the image has
`net.ipv4.ip_unprivileged_port_start=0`, as Docker has since 20.10.

*References*

- https://docs.docker.com/reference/dockerfile/#expose
- https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.users import run_user
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0210", "privileged-port", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the ports of the final stage where its user is known and not root."""
    stage = dockerfile.final_stage
    if stage is None or run_user(stage, dockerfile).root is not False:
        return
    # Caddy's own image gives its program the capability.
    granted = (
        "library/caddy" in (stage.base_image or "")
        or (stage.base_image or "").startswith("caddy")
        or any(
            "cap_net_bind" in one.text.lower() or "authbind" in one.text for one in dockerfile.instructions
        )
    )
    for instruction in stage.inherited("EXPOSE") if not granted else ():
        low = [word for word in instruction.words if _is_low(word.text)]
        if low:
            ports = ", ".join(word.text for word in low)
            message = f"the image's user may not have the privilege that binding port {ports} needs"
            yield RULE.at(low[0].span, message, mend="listen on a port above 1023, and map it at run time")


def _is_low(port: str) -> bool:
    match = re.match(r"(\d+)(?:-\d+)?(?:/\w+)?$", port.strip("\"'"), re.ASCII)
    return match is not None and 0 < int(match[1][:6]) < 1024
