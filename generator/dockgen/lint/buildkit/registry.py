"""The checks that lie in the folder `checks/`, one module each: there is no list to keep."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc

from dockgen.lint.buildkit import checks as folder
from dockgen.lint.buildkit.model import Registered


@cache
def registered() -> tuple[Registered, ...]:
    """Return every check, by name."""
    found = (_load(module.name) for module in pkgutil.iter_modules(folder.__path__))
    return tuple(sorted(found, key=lambda one: one.check.name))


def pages() -> Mapping[str, str]:
    """Return each check's documentation page (Markdown) by the check's name."""
    return {one.check.name: one.page for one in registered()}


def _load(name: str) -> Registered:
    module = importlib.import_module(f"{folder.__name__}.{name}")
    return Registered(module.CHECK, cleandoc(module.__doc__ or ""), module.find)
