"""The ports of an EXPOSE instruction, as BuildKit takes them apart.

Source: https://docs.docker.com/reference/dockerfile/#expose and BuildKit's `convert_expose`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.lint.buildkit.build import Step
from dockgen.records import record

_PROTOCOLS = frozenset({"tcp", "udp", "sctp"})


@record
class Port:
    """One argument: `[[ip:]host:]container[/protocol]`; `text` is the whole, variables put in."""

    text: str
    address: str
    host: str
    container: str
    protocol: str


def ports(step: Step) -> Iterator[Port]:
    """Yield the ports in BuildKit's order up to the first one that it refuses."""
    if step.instruction.keyword != "EXPOSE":
        return
    for word in sorted(word.text for word in step.instruction.words):
        expansion = step.environment.expand(word)
        if expansion is None:
            return
        # A value that only the build knows can't be taken apart.
        for text in expansion.words if expansion.text is not None else ():
            port = _parse(text)
            if port is None:
                return
            yield port


def _parse(text: str) -> Port | None:
    address, host, rest = ["", "", *text.rsplit(":", 2)][-3:]
    container, _, protocol = rest.partition("/")
    if not container or protocol.lower() not in {"", *_PROTOCOLS}:
        return None
    return Port(text, address, host, container, protocol)
