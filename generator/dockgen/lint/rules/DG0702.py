"""DG0702: ADD unpacks an archive that nobody checked.

*Why*

Unpacking is the step where a hostile archive does its harm: paths with `..` and links write over files
elsewhere in the image (zip slip), and a few kilobytes grow to fill the disk (zip bomb). A download without a
checksum can be such an archive from one day to the next.

*Bad*

```dockerfile
FROM alpine:3.24.2
ADD --unpack=true https://example.com/app.tar.gz /opt/
```

*Good*

```dockerfile
FROM alpine:3.24.2
ADD --unpack=true --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef \\
    https://example.com/app.tar.gz /opt/
```

*When it is fine*

Local archives are reported only if their own list of files shows the harm.

*References*

- https://docs.docker.com/reference/dockerfile/#add
- https://cwe.mitre.org/data/definitions/22.html
- https://cwe.mitre.org/data/definitions/409.html
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.analysis.additions import is_archive, is_remote, sources_of
from dockgen.lint.analysis.archives import danger
from dockgen.lint.context import BuildContext
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0702", "unchecked-archive", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each ADD that unpacks an unchecked download or a dangerous local archive."""
    for stage in dockerfile.stages:
        for instruction in stage.instructions:
            if instruction.keyword == "ADD":
                yield from _judged(instruction, context.build)


def _judged(instruction: Instruction, build: BuildContext | None) -> Iterator[Finding]:
    unpack = instruction.flag("unpack")
    unpacks_downloads = unpack is not None and (unpack.value or "true").lower() == "true"
    for source in sources_of(instruction):
        if is_remote(source):
            if unpacks_downloads and not instruction.flag("checksum"):
                yield RULE.at(
                    instruction.span,
                    f"ADD unpacks {source} without having checked it",
                    mend="add --checksum=sha256:…",
                )
        elif build is not None and is_archive(source):
            for name in build.sent(source):
                wrong = danger(build.root / name)
                if wrong:
                    yield RULE.at(
                        instruction.span, f"{name} {wrong}", mend="unpack it elsewhere and look at it"
                    )
