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

The file holds stand-ins only: give it a name such as `.env.example`. Of an environment file the default
profile speaks only where a value looks generated (letters and digits beside the words that people write for
a secret). `POSTGRES_PASSWORD=postgres1`, and what only a build stage gets and no other stage copies from it,
are reported by the strict profile.

*References*

- https://docs.docker.com/build/concepts/context/#dockerignore-files
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dockgen.dockerfile.model import Dockerfile, Instruction, Word
from dockgen.lint.analysis.carried import is_carried
from dockgen.lint.context import BuildContext
from dockgen.lint.knowledge.ignoring import ignore_lines
from dockgen.lint.knowledge.secret_files import secret_in
from dockgen.lint.knowledge.sources import sources_of
from dockgen.lint.knowledge.stages import shipped
from dockgen.lint.model import Context, Finding, Fix, Profile, Rule, Severity

RULE = Rule("DG0509", "context-sends-secret", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Evaluate each COPY and ADD against the files that the ignore file lets through."""
    build = context.build
    if build is None:
        return
    told: set[str] = set()
    sure = context.profile is not Profile.STRICT
    final = {stage.index for stage in shipped(dockerfile)}
    for stage in dockerfile.stages:
        for instruction, word, source in sources_of(stage):
            found = _secrets(build, instruction, source, sure)
            secrets = {path: kind for path, kind in found if path not in told}
            if stage.index in final:
                told.update(secrets)
                yield from _findings(build, word, "the image gets", secrets)
                continue
            carried = {path for path in secrets if is_carried(dockerfile, stage, instruction, source, path)}
            way = f"by way of the stage {stage.name or stage.index} the image gets"
            taken = {path: kind for path, kind in secrets.items() if path in carried}
            told.update(taken)
            yield from _findings(build, word, way, taken)
            if context.profile is Profile.STRICT:
                told.update(secrets)
                left = {path: kind for path, kind in secrets.items() if path not in carried}
                yield from _findings(build, word, "a build stage gets", left, Severity.WARNING)


def _findings(
    build: BuildContext, word: Word, what: str, secrets: Mapping[str, str], severity: Severity | None = None
) -> Iterator[Finding]:
    """Yield the finding that names the secrets, where there are any."""
    if secrets:
        named = ", ".join(f"{path} ({kind})" for path, kind in secrets.items())
        name = build.ignore_path or ".dockerignore"
        fix = Fix(f"ignore them in {name}", (ignore_lines(build, list(secrets)),))
        mend = f"add to {name}: {', '.join(secrets)}"
        yield RULE.at(word.span, f"{what} {named}", mend=mend, fix=fix, severity=severity)


def _secrets(
    build: BuildContext, instruction: Instruction, source: str, sure: bool
) -> Iterator[tuple[str, str]]:
    """Yield the files with secrets that a source takes without naming them."""
    exclude = [(flag.value or "").strip("\"'") for flag in instruction.flags if flag.name == "exclude"]
    for path in build.sent(source, exclude, parents=instruction.flag("parents") is not None):
        kind = secret_in(build.root, path, sure=sure) if path != source else None
        if kind:
            yield path, kind
