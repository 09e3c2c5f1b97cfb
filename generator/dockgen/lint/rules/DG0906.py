"""DG0906: apt-get installs recommended packages that nobody asked for.

*Why*

A package's recommendations are what its maintainer thinks useful on a desktop. In an image they are megabytes
and vulnerabilities: `git` brings an SSH client and `less`, `python3-pip` a whole compiler.

*Bad*

```dockerfile
FROM debian:trixie-20261005-slim
RUN apt-get update && apt-get install -y ca-certificates git
```

*Good*

```dockerfile
FROM debian:trixie-20261005-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git
```

*When it is fine*

In build stages, which are not shipped; and where the program needs a recommended package: name it then.

*References*

- https://docs.docker.com/build/building/best-practices/#apt-get
- hadolint DL3015
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Span
from dockgen.lint.analysis.fit import evidence
from dockgen.lint.analysis.runs import Call, calls
from dockgen.lint.model import Context, Edit, Finding, Fix, Rule, Severity

RULE = Rule("DG0906", "recommended-packages", Severity.INFO)
_SWITCHES = ("--no-install-recommends", "APT::Install-Recommends")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each apt-get install of the final image that takes recommendations along."""
    final = dockerfile.final_stage
    if final is None or "Install-Recommends" in evidence(final):
        return
    for stage in final.lineage:
        for instruction in stage.instructions:
            for call in calls(instruction):
                place = _install_place(call)
                if place is not None:
                    yield _finding(instruction, call.place(place))


def _install_place(call: Call) -> int | None:
    """Return where the word `install` stands in an apt-get command without the option."""
    if call.words[0] not in {"apt-get", "apt"} or any(_switches_off(word) for word in call.words):
        return None
    names = [word for word in call.words if not word.startswith("-")]
    return call.words.index("install") if "install" in call.words and len(names) > 2 else None


def _switches_off(word: str) -> bool:
    return word.startswith(_SWITCHES)


def _finding(instruction: Instruction, span: Span | None) -> Finding:
    text = "install --no-install-recommends"
    return RULE.at(
        span or instruction.span,
        "apt-get installs recommended packages along with those that are named",
        mend="add --no-install-recommends",
        fix=Fix("leave recommendations out", (Edit(span, text),), safe=False) if span else None,
    )
