"""DG0505: a step writes a secret into the image.

*Why*

A secret mount is gone after its step; a copy of it is not. It stays in the layer, or in a cache that other
builds on the machine read.

*Bad*

```dockerfile
FROM node:24-slim
RUN --mount=type=secret,id=npm_token \
    echo "//registry.npmjs.org/:_authToken=$(cat /run/secrets/npm_token)" > /root/.npmrc && npm ci
```

*Good*

```dockerfile
FROM node:24-slim
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true npm ci
```

*When it is fine*

The same RUN deletes the file again, which is not reported.

*References*

- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/reference/dockerfile/#run---mounttypesecret
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Stage
from dockgen.lint.knowledge.secret_mounts import kept, mentions, secret_arguments
from dockgen.lint.knowledge.secret_names import is_secret_name
from dockgen.lint.knowledge.stages import shipped
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0505", "secret-written", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at what each RUN writes, and at ENVs that take over a secret ARG."""
    in_image = {stage.index for stage in shipped(dockerfile)}
    for stage in dockerfile.stages:
        arguments = secret_arguments(stage)
        if stage.index in in_image:
            yield from _environment(stage, arguments)
        for instruction in stage.instructions:
            if instruction.keyword != "RUN":
                continue
            for span, target in kept(instruction, arguments):
                caches = [
                    options.get("target")
                    for _, options in instruction.mounts()
                    if options.get("type") == "cache"
                ]
                place = "a cache" if any(path and target.startswith(path) for path in caches) else "the layer"
                mend = "mount the secret as the very file that the tool reads, or delete it in the same RUN"
                yield RULE.at(span, f"the secret stays in {place}: it is written to {target}", mend=mend)


def _environment(stage: Stage, arguments: frozenset[str]) -> Iterator[Finding]:
    for instruction in stage.instructions:
        for key, value in instruction.pairs if instruction.keyword in {"ENV", "LABEL"} else ():
            # A secret by its own name is DG0501's to tell.
            told = instruction.keyword == "ENV" and is_secret_name(key.text)
            if value is None or "$" not in value.text or told:
                continue
            if arguments and mentions(value.text, arguments):
                mend = "leave it out: whoever can pull the image reads its configuration"
                yield RULE.at(key.span, f"{key.text} keeps a secret build argument in the image", mend=mend)
