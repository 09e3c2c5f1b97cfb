"""DG0306: the check of packages' signatures is switched off.

*Why*

The signature is what tells the distribution's package from one that a mirror, or somebody in its place,
made up.

*Bad*

```dockerfile
FROM alpine:3.24
RUN apk add --allow-untrusted ./tool.apk
```

*Good*

```dockerfile
FROM alpine:3.24
COPY keys/tool.rsa.pub /etc/apk/keys/
RUN apk add --no-cache tool
```

*When it is fine*

Package files that the file itself copies, or whose checksums the same step checks: they are not
reported.

*References*

- https://wiki.debian.org/SecureApt
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Span
from dockgen.lint.knowledge.downloads import has_check
from dockgen.lint.knowledge.steps import Step, steps
from dockgen.lint.knowledge.unsafe_options import signature_variable, signatures_off
from dockgen.lint.model import Context, Finding, Rule, Severity
from dockgen.regexes import regex

_SUBCOMMANDS = frozenset({"add", "install", "localinstall"})
_PACKAGE_FILE = regex(r"^\.{0,2}/|\.(?:apk|rpm|deb)$")
RULE = Rule("DG0306", "signature-check-off", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the commands of each RUN, and at the variables that ENV and ARG set."""
    brought = ""
    for instruction in dockerfile.instructions:
        for span, what in _found(instruction, brought):
            mend = "install the signer's key, and leave the check on"
            yield RULE.at(span, f"this takes packages without a valid signature: {what}", mend=mend)
        if instruction.keyword == "COPY":
            brought += f"\n{instruction.text}"


def _found(instruction: Instruction, brought: str) -> Iterator[tuple[Span, str]]:
    if instruction.keyword == "RUN":
        for step in steps(instruction):
            found = list(signatures_off(step))
            if found and not _is_trusted(step, instruction, brought):
                yield from found
    elif instruction.keyword in {"ENV", "ARG"}:
        for key, value in instruction.pairs:
            if value and signature_variable(key.text, value.text):
                yield key.span, f"{key.text}={value.text}"


def _is_trusted(step: Step, instruction: Instruction, brought: str) -> bool:
    """Return whether a command installs files that are checked by other means, or the project's own."""
    checked = _takes_a_file(step) and has_check(instruction)
    return checked or (_takes_files(step) and _is_own(step, brought + _mounted(instruction)))


def _mounted(instruction: Instruction) -> str:
    """Return the folders that a RUN takes over from stages and images, as text to look for names in."""
    return "".join(
        f"\n{options.get('source', '')} {options.get('target', '')}"
        for _, options in instruction.mounts()
        if "from" in options
    )


def _files(step: Step) -> list[str]:
    return [arg.text for arg in step.args if not arg.text.startswith("-") and arg.text not in _SUBCOMMANDS]


def _takes_a_file(step: Step) -> bool:
    """Return whether a command installs a file, maybe with what it needs by name."""
    return any(_PACKAGE_FILE.search(word) and "://" not in word for word in _files(step))


def _takes_files(step: Step) -> bool:
    """Return whether a command installs files and nothing by its name."""
    words = _files(step)
    return bool(words) and all(_PACKAGE_FILE.search(word) and "://" not in word for word in words)


def _is_own(step: Step, brought: str) -> bool:
    """Return whether an earlier COPY or a mount brought the files, or the folder that they lie in."""
    parts = (
        part
        for word in _files(step)
        for part in (word.rpartition("/")[0].strip("./"), word.rpartition("/")[2])
    )
    return any(part and part in brought for part in parts)
