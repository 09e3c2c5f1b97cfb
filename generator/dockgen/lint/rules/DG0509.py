"""DG0509: a COPY takes a file with secrets out of the build context.

*Why*

`COPY . .` copies what the ignore file lets through, and that is judged by its last matching line: one `!`
too far and the environment file is in a layer that everybody can pull.

*Bad*

```ini .env
DATABASE_PASSWORD=k3pq-71xz-vv02
```

```dockerfile
FROM python:3.13-slim
WORKDIR /app
COPY . .
```

*Good*

```ini .env
DATABASE_PASSWORD=k3pq-71xz-vv02
```

```dockerfile
FROM python:3.13-slim
WORKDIR /app
COPY src/ src/
```

*When it is fine*

The file holds stand-ins only: give it a name such as `.env.example`. What only a build stage gets is
reported by the strict profile.

*References*

- https://docs.docker.com/build/concepts/context/#dockerignore-files
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.context import BuildContext
from dockgen.lint.knowledge.ignoring import ignore_lines
from dockgen.lint.knowledge.secret_files import secret_in
from dockgen.lint.knowledge.sources import local_sources
from dockgen.lint.knowledge.stages import shipped
from dockgen.lint.model import Context, Finding, Fix, Profile, Rule, Severity

RULE = Rule("DG0509", "context-sends-secret", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Evaluate each COPY and ADD against the files that the ignore file lets through."""
    build = context.build
    if build is None:
        return
    told: set[str] = set()
    final = {id(one) for stage in shipped(dockerfile) for one in stage.instructions}
    for instruction, word, source in local_sources(dockerfile):
        secrets = {path: kind for path, kind in _secrets(build, instruction, source) if path not in told}
        told.update(secrets)
        in_image = id(instruction) in final
        if secrets and (in_image or context.profile is Profile.STRICT):
            named = ", ".join(f"{path} ({kind})" for path, kind in secrets.items())
            name = build.ignore_path or ".dockerignore"
            fix = Fix(f"ignore them in {name}", (ignore_lines(build, list(secrets)),))
            mend = f"add to {name}: {', '.join(secrets)}"
            place = "the image" if in_image else "a build stage"
            severity = None if in_image else Severity.WARNING
            yield RULE.at(word.span, f"{place} gets {named}", mend=mend, fix=fix, severity=severity)


def _secrets(build: BuildContext, instruction: Instruction, source: str) -> Iterator[tuple[str, str]]:
    """Yield the files with secrets that a source takes without naming them."""
    exclude = [(flag.value or "").strip("\"'") for flag in instruction.flags if flag.name == "exclude"]
    for path in build.sent(source, exclude, parents=instruction.flag("parents") is not None):
        kind = secret_in(build.root, path) if path != source else None
        if kind:
            yield path, kind
