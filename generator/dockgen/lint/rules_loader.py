"""dockgen's own rules, found by walking their folder: there is no list to keep."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint import notices, rules
from dockgen.lint.model import Check, Context, Finding, Policy, Profile, Rule

_MODULE = re.compile(r"(DG\d{4})\.py[c]?")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule and its function."""

    rule: Rule
    check: Check


@cache
def rule_ids() -> tuple[str, ...]:
    """Return the ids of all rules, sorted, without importing one."""
    names = (entry.name for folder in rules.__path__ for entry in os.scandir(folder))
    return tuple(sorted({match[1] for name in names if (match := _MODULE.fullmatch(name))}))


@cache
def load(rule_id: str) -> Loaded:
    """Import one rule; raises ImportError or AttributeError where its module is broken."""
    module = importlib.import_module(f"{rules.__name__}.{rule_id}")
    return Loaded(module.RULE, module.check)


def page(rule_id: str) -> str:
    """Return the documentation page of a rule: its module's docstring."""
    return importlib.import_module(f"{rules.__name__}.{rule_id}").__doc__ or ""


def is_active(rule: Rule, context: Context) -> bool:
    """Return whether a profile runs a rule; policy rules also run where a policy demands something."""
    if rule.profile is Profile.POLICY:
        return context.profile is Profile.POLICY or context.policy != Policy()
    return rule.profile in {Profile.DEFAULT, context.profile}


def run(dockerfile: Dockerfile, context: Context, wanted: frozenset[str] = frozenset()) -> list[Finding]:
    """Run the rules of the context's profile, and those that are wanted by their full id."""
    found: list[Finding] = []
    for rule_id in rule_ids():
        found += _run_one(rule_id, dockerfile, context, always=rule_id in wanted)
    return found


def _run_one(rule_id: str, dockerfile: Dockerfile, context: Context, *, always: bool) -> Iterator[Finding]:
    """Yield what one rule finds; whatever it raises becomes a finding, so that the others go on."""
    try:
        loaded = load(rule_id)
        if always or is_active(loaded.rule, context):
            yield from loaded.check(dockerfile, context)
    except Exception as error:  # noqa: BLE001 - a rule may fail in any way on hostile input
        yield notices.internal(rule_id, error)
