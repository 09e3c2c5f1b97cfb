"""UndefinedVar: an instruction uses a variable that is not set where it stands.

*Why*

The builder puts nothing in its place, without a word. Most often the name is misspelt, or its ARG
stands before the first FROM and is not repeated in the stage. Variables of the base image count as set;
of a base image whose variables are not known, dockgen says nothing.

*Bad*

```dockerfile
FROM debian:trixie-slim
ARG VERSION=1
LABEL org.opencontainers.image.version="$VERSOIN"
```

*Good*

```dockerfile
FROM debian:trixie-slim
ARG VERSION=1
LABEL org.opencontainers.image.version="$VERSION"
```

*References*

- https://docs.docker.com/reference/build-checks/undefined-var/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit import expansion
from dockgen.lint.buildkit.build import Build, Step
from dockgen.lint.buildkit.environment import Environment
from dockgen.lint.buildkit.model import Check, Hit
from dockgen.lint.buildkit.suggest import nearest

CHECK = Check("UndefinedVar")
# The front end takes these as settings: they need not be declared.
_SETTINGS = frozenset({"BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"})

# The search for a similar name takes time, which a file full of mistakes must not multiply.
_MOST_HINTS = 20


def find(build: Build) -> Iterator[Hit]:
    """Expand what BuildKit expands, and report what is not set."""
    hints = _MOST_HINTS
    for step in build.steps:
        for environment, name in _undefined(step):
            if name not in _SETTINGS and not environment.is_declared(name):
                hints -= 1
                hint = nearest(name, environment.names()) if hints >= 0 else ""
                yield Hit(
                    step.place.span,
                    f"the variable '${name}' is not set here" + (f" (did you mean ${hint}?)" if hint else ""),
                    governor=step.governor,
                    mend=f"declare it first: ARG {name}",
                )


def _undefined(step: Step) -> Iterator[tuple[Environment, str]]:
    """Yield each unset name with the environment that lacks it."""
    environment, instruction = step.environment, step.instruction
    for word in expansion.words(instruction):
        yield from ((environment, name) for name in _unset(environment, word))
    for heredoc in instruction.heredocs if instruction.keyword in {"ADD", "COPY"} else ():
        if heredoc.expand:
            yield from ((environment, name) for name in _unset(environment, heredoc.content, heredoc=True))
    if instruction.keyword == "ARG":
        for number, (_, value) in enumerate(instruction.pairs):
            before = environment.at_argument(number)
            yield from ((before, name) for name in _unset(before, value.text if value else ""))


def _unset(environment: Environment, word: str, *, heredoc: bool = False) -> tuple[str, ...]:
    found = environment.expand(word, heredoc=heredoc) if "$" in word else None
    return found.unset if found else ()
