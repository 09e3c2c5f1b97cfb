"""The checks that lie in the folder `checks/`, one module each: there is no list to keep."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache

from dockgen.lint.buildkit import checks as folder
from dockgen.lint.buildkit.model import Registered
from dockgen.resources import module_names


@cache
def registered() -> tuple[Registered, ...]:
    """Return every check, by name."""
    return tuple(sorted(map(_load, module_names(folder)), key=lambda one: one.check.name))


def pages() -> Mapping[str, str]:
    """Return each check's documentation page (Markdown) by the check's name."""
    # Not at the top: only `dockgen explain` and reports with help texts need it.
    from inspect import cleandoc

    return {one.check.name: cleandoc(one.page) for one in registered()}


def _load(name: str) -> Registered:
    module = importlib.import_module(f"{folder.__name__}.{name}")
    return Registered(module.CHECK, module.__doc__ or "", module.find)
