"""Which ids of different engines name one cause, and which advice contradicts other advice."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from dockgen.resources import bundled


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((bundled("stacks") / "data/equivalent-rules.json").read_text("utf-8"))
    return data


@cache
def groups() -> dict[str, frozenset[str]]:
    """Return for each id the ids that name the same cause, itself among them."""
    found: dict[str, set[str]] = {}
    for group in _data()["causes"]:
        for rule_id in group["ids"]:
            found.setdefault(rule_id, set()).update(group["ids"])
    return {rule_id: frozenset(ids) for rule_id, ids in found.items()}


def same_cause(rule_id: str) -> frozenset[str]:
    """Return the ids that name the cause that this id names, itself among them.

    An id that hadolint once had, and that pragmas still name, stands for the rule here that says the same.
    """
    rule_id = _data()["retired"].get(rule_id, rule_id)
    return groups().get(rule_id, frozenset((rule_id,)))


def is_retired(rule_id: str) -> bool:
    """Return whether hadolint once had the id, which a rule here stands in for."""
    return rule_id in _data()["retired"]


@cache
def contradictions() -> tuple[tuple[str, str], ...]:
    """Return pairs (id to drop, id or prefix whose finding on the same instruction wins)."""
    return tuple((pair["drop"], pair["where"]) for pair in _data()["contradictions"])


@cache
def practices() -> dict[str, int]:
    """Return the practice that an outside engine's id belongs to, where it belongs to one."""
    return {rule_id: int(number) for number, ids in _data()["practices"].items() for rule_id in ids}
