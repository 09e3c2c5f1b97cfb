"""DG0507: a secret mount is not required.

*Why*

Without `required=true` a build that was not given the secret goes on without it: it takes packages from the
public index instead of the private one, or fails much later with a message about something else.

*Bad*

```dockerfile
FROM python:3.13-slim
RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install app
```

*Good*

```dockerfile
FROM python:3.13-slim
RUN --mount=type=secret,id=netrc,target=/root/.netrc,required=true pip install app
```

*When it is fine*

The step really works without the secret, such as a step that uploads only where a token is given.

*References*

- https://docs.docker.com/reference/dockerfile/#run---mounttypesecret
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Flag, Span
from dockgen.lint.model import Context, Edit, Finding, Fix, Profile, Rule, Severity

RULE = Rule("DG0507", "secret-not-required", Severity.INFO, Profile.STRICT)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the secret and ssh mounts of each RUN."""
    for instruction in dockerfile.instructions:
        for flag, options in instruction.mounts():
            required = options.get("required", "false") in {"", "true", "1"}
            if required or options.get("type") not in {"secret", "ssh"}:
                continue
            message = f"the build goes on without this {options['type']} mount: it is not required"
            yield RULE.at(flag.span, message, mend="add required=true", fix=_fix(flag, options))


def _fix(flag: Flag, options: dict[str, str]) -> Fix | None:
    if "required" in options or (flag.value or "").endswith(("'", '"')):
        return None
    end = Span(flag.span.end, flag.span.end)
    return Fix("require the secret", (Edit(end, ",required=true"),), safe=False)
