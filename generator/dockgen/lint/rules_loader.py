"""dockgen's own rules, found by walking their folder: there is no list to keep."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache, lru_cache

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint import notices, rules
from dockgen.lint.model import Check, Context, Finding, Policy, Profile, Rule
from dockgen.records import record
from dockgen.regexes import regex
from dockgen.resources import module_names

_ID = regex(r"DG\d{4}")


@record
class Loaded:
    """A rule and its function."""

    rule: Rule
    check: Check


@cache
def rule_ids() -> tuple[str, ...]:
    """Return the ids of all rules, sorted, without importing one."""
    return tuple(sorted(filter(_ID.fullmatch, module_names(rules))))


@cache
def load(rule_id: str) -> Loaded:
    """Import one rule; raises ImportError or AttributeError where its module is broken."""
    module = importlib.import_module(f"{rules.__name__}.{rule_id}")
    return Loaded(module.RULE, module.check)


def page(rule_id: str) -> str:
    """Return the documentation page of a rule: its module's docstring."""
    return importlib.import_module(f"{rules.__name__}.{rule_id}").__doc__ or ""


def _belongs(rule: Rule, profile: Profile, demands: bool) -> bool:
    """Return whether a profile runs a rule; policy rules also run where a policy demands something."""
    if rule.profile is Profile.POLICY:
        return demands or profile is Profile.POLICY
    return rule.profile is Profile.DEFAULT or rule.profile is profile


def run(dockerfile: Dockerfile, context: Context, wanted: frozenset[str] = frozenset()) -> list[Finding]:
    """Run the rules of the context's profile, and those that are wanted by their full id.

    Where bake or compose files name targets, each image that is made of the file is judged.
    """
    ids = active_ids(context.profile, context.policy != Policy(), wanted)
    if not context.other_targets:
        return [finding for rule_id in ids for finding in _run_one(rule_id, dockerfile, context)]
    from dockgen.lint.knowledge.stages import products

    found: dict[tuple[object, ...], Finding] = {}
    for product in products(dockerfile, context.other_targets):
        for rule_id in ids:
            for one in _run_one(rule_id, product, context):
                found.setdefault((one.ids, one.path, one.span, one.message), one)
    return list(found.values())


@lru_cache(maxsize=64)
def active_ids(profile: Profile, demands: bool, wanted: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the ids of the rules to run; one whose module is broken is among them, to be named."""
    return tuple(
        i for i in rule_ids() if i in wanted or _is_broken(i) or _belongs(load(i).rule, profile, demands)
    )


def _is_broken(rule_id: str) -> bool:
    try:
        load(rule_id)
    except Exception:  # noqa: BLE001 - whatever is wrong with it is told when it is run
        return True
    return False


def _run_one(rule_id: str, dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield what one rule finds; whatever it raises becomes a finding, so that the others go on."""
    try:
        yield from load(rule_id).check(dockerfile, context)
    except Exception as error:  # noqa: BLE001 - a rule may fail in any way on hostile input
        yield notices.internal(rule_id, error)
