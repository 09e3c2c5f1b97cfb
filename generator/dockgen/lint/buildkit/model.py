"""What a check is and what it hands to the runner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dockgen.dockerfile.model import Instruction, Span
from dockgen.lint.model import Fix
from dockgen.records import record

if TYPE_CHECKING:
    from dockgen.lint.buildkit.build import Build


@record
class Hit:
    """One place where a check speaks.

    `governor` is the instruction whose comments may switch the check off; None where BuildKit lets only
    the directive at the head of the file do that.
    """

    span: Span
    message: str
    governor: Instruction | None = None
    mend: str = ""
    fix: Fix | None = None


@record
class Check:
    """The identity of a check.

    An experimental one speaks only where the file asks for it. `practice` is the number of the practice
    that it guards, None for one of mere style or of the language.
    """

    name: str
    practice: int | None = None
    experimental: bool = False


CheckFunction = Callable[["Build"], Iterator[Hit]]


@record
class Registered:
    """A check as the folder walk found it: its identity, its page as its module has it, its function."""

    check: Check
    page: str
    find: CheckFunction
