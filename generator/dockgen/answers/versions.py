"""The language version: what the project asks for, among the releases whose images are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dockgen.answers.model import Choice, Proposal
from dockgen.catalog import images
from dockgen.catalog.expression import build
from dockgen.catalog.stack import Stack
from dockgen.catalog.versions import in_range
from dockgen.errors import AnswerError
from dockgen.project.facts import Fact


def propose_version(stack: Stack, facts: Mapping[str, Fact], scope: Mapping[str, Any]) -> Proposal:
    """Return the newest known cycle that the project's constraint allows, the preferred one first.

    Raises AnswerError where no known image meets the constraint and none was named by hand.
    """
    declared = stack.version or {}
    query = images.ImageQuery.read(build(declared["image"], scope))
    known = images.cycles(query, int(declared.get("cycle", 2)))
    choices = tuple(Choice(cycle) for cycle in known)
    fact = facts.get(declared.get("constraint", ""))
    constraint = str(fact.value) if fact and fact.value not in (None, "") else ""
    fitting = [cycle for cycle in known if in_range(cycle, constraint)]
    preferred = str(declared.get("preferred", ""))
    if fitting:
        value = preferred if preferred in fitting else fitting[0]
        return Proposal(value, choices, str(fact.origin) if fact and constraint and fact.origin else "")
    if scope["image"]:
        return Proposal(known[0] if known else None, choices)
    title = stack.header.title
    where = str(fact.origin) if fact and fact.origin else "the project"
    raise AnswerError(
        f"{where} asks for {title} {constraint}, and no image of it is known",
        f"--set version= takes one of {', '.join(known)}; or name the images by hand: "
        "--set image.build=name:tag@sha256:…",
    )
