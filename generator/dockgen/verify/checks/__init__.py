"""One module per check: `CHECK` (or several) and `run(session)`. The folder is walked, there is no list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dockgen.verify.model import Check, CheckResult

if TYPE_CHECKING:
    from dockgen.verify.session import Session


@dataclass(frozen=True, slots=True)
class CheckModule:
    """A check as found in the folder: its module's name, the ids it may report, and the function."""

    name: str
    checks: tuple[Check, ...]
    run: Callable[[Session], list[CheckResult]]
    order: int


def all_checks() -> list[CheckModule]:
    """Return every check in the order in which they run: cheap ones on the image before containers."""
    modules = []
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        modules.append(CheckModule(info.name, tuple(module.CHECKS), module.run, getattr(module, "ORDER", 50)))
    return sorted(modules, key=lambda module: (module.order, module.name))
