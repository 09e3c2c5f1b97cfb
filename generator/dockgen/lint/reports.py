"""What was found in one file."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dockgen.lint.model import Context, Finding
from dockgen.records import field, record

if TYPE_CHECKING:
    from dockgen.dockerfile.model import Dockerfile


@record
class Report:
    """What was found in one file; `notes` say what could not be done, `whole` that hadolint was asked."""

    path: str
    source: str
    findings: tuple[Finding, ...]
    context: Context = field(default_factory=Context)
    notes: tuple[str, ...] = ()
    whole: bool = True

    @cached_property
    def dockerfile(self) -> Dockerfile:
        """The file as parsed, read only when asked for."""
        from dockgen.dockerfile.parser import parse

        return parse(self.source, self.path)

    @cached_property
    def lines(self) -> list[str]:
        """The source's lines as the builder counts them, without their ends."""
        return [line.removesuffix("\r") for line in self.source.removeprefix("\ufeff").split("\n")]
