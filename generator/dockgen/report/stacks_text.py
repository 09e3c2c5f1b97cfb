"""`dockgen stacks`: what there is, and what each one asks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from dockgen.answers.text import as_text
from dockgen.catalog.question import Question
from dockgen.catalog.stack import Header, Stack

TIERS = {
    1: "built and run hardened by this project's own CI",
    2: "generated, linted and checked; not built here",
}


def overview(headers: Sequence[Header]) -> str:
    """Return the table of all stacks, and what their tiers mean."""
    width = max(len(header.name) for header in headers)
    rows = [
        f"{header.name:{width}}  tier {header.tier}  {header.summary or header.title}" for header in headers
    ]
    tiers = sorted({header.tier for header in headers})
    return "\n".join([*rows, "", *(f"tier {tier}: {TIERS.get(tier, 'not tried')}" for tier in tiers)])


def as_json(headers: Sequence[Header]) -> str:
    """Return all stacks as JSON."""
    rows = [
        {"name": h.name, "title": h.title, "version": h.version, "tier": h.tier, "summary": h.summary}
        for h in headers
    ]
    return json.dumps(rows, indent=2)


def details(stack: Stack) -> str:
    """Return one stack: how it is recognised, its tables, its questions by group."""
    return "\n".join(_details(stack))


def _details(stack: Stack) -> Iterator[str]:
    header = stack.header
    yield f"{header.title} (stack {header.name}, version {header.version}, tier {header.tier})"
    if header.summary:
        yield f"  {header.summary}"
    if header.evidence:
        yield f"  {header.evidence}"
    yield from ["", "Recognised by"]
    yield from (f"  {source.get('says') or source}" for source in header.detect if source["weight"] > 0)
    for name, rows in stack.tables.items():
        yield from ["", name.capitalize()]
        yield from (f"  {row['name']:14} {row.get('title', '')}".rstrip() for row in rows)
    groups: dict[str, list[Question]] = {}
    for question in stack.questions:
        groups.setdefault(question.group or "other", []).append(question)
    for group, questions in groups.items():
        yield from ["", f"Answers: {group}"]
        yield from (_question(question) for question in questions)


def _question(question: Question) -> str:
    shown = as_text(question.default) if _is_plain(question.default) else ""
    default = f"  [{shown}]" if shown else ""
    return f"  {question.name:18} {question.prompt} ({question.kind}){default}"


def _is_plain(default: object) -> bool:
    """Whether a default is the same for every project."""
    return isinstance(default, (bool, int)) or (isinstance(default, str) and "{{" not in default)
