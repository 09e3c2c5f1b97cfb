"""`dockgen stacks`: what there is, and what each one asks."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

from dockgen.answers.text import as_text
from dockgen.catalog.proof import Proof, guarantees, proof_of
from dockgen.catalog.question import Question
from dockgen.catalog.stack import Header, Stack

WIDTH = 140
"""Columns of the longest line."""
TIERS = {
    1: "built and run hardened by this project's own CI, last on the day that stands there",
    2: "generated, linted and checked; not built here",
}


def overview(headers: Sequence[Header]) -> str:
    """Return the table of all stacks, and what their tiers mean."""
    width = max(len(header.name) for header in headers)
    proofs = {header.name: proof_of(header) for header in headers}
    rows = [_row(f"{one.name:{width}}  {_proven(proofs[one.name]):38}  ", one) for one in headers]
    tiers = sorted({proof.tier for proof in proofs.values() if proof})
    return "\n".join([*rows, "", *(f"tier {tier}: {TIERS[tier]}" for tier in tiers)])


def _row(start: str, header: Header) -> str:
    """Return a stack's line; a long summary goes on below itself."""
    lines = textwrap.wrap(header.summary or header.title, WIDTH - len(start))
    return start + ("\n" + " " * len(start)).join(lines)


def _proven(proof: Proof | None) -> str:
    if proof is None:
        return "not proven by dockgen"
    if not proof.ran:
        return f"tier 2, {len(proof.cases)} cases checked"
    return f"tier 1, {proof.date}, {len(proof.ran)} of {len(proof.cases)} cases run"


def as_json(headers: Sequence[Header]) -> str:
    """Return all stacks as JSON."""
    return json.dumps([_as_mapping(header) for header in headers], indent=2)


def one_as_json(stack: Stack) -> str:
    """Return one stack as JSON: the same fields as in the list, and its tables."""
    tables = {
        name: {row["name"]: row.get("title", "") for row in rows} for name, rows in stack.tables.items()
    }
    return json.dumps({**_as_mapping(stack.header), "tables": tables}, indent=2)


def _as_mapping(header: Header) -> dict[str, object]:
    proof = proof_of(header)
    return {
        "name": header.name,
        "title": header.title,
        "version": header.version,
        "summary": header.summary,
        "tier": proof.tier if proof else None,
        "date": proof.date or None if proof else None,
        "cases": list(proof.cases) if proof else [],
        "ran": dict(proof.ran) if proof else {},
        "guarantees": dict(proof.kept) if proof else {},
        "unmet": {key: list(why) for key, why in proof.because.items()} if proof else {},
    }


def details(stack: Stack) -> str:
    """Return one stack: how it is recognised, its tables, its questions by group."""
    return "\n".join(_details(stack))


def _details(stack: Stack) -> Iterator[str]:
    header = stack.header
    proof = proof_of(header)
    yield f"{header.title} (stack {header.name}, version {header.version}, {_proven(proof)})"
    if header.summary:
        yield f"  {header.summary}"
    if proof:
        yield from _evidence(proof)
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


def _evidence(proof: Proof) -> Iterator[str]:
    yield from ["", "Evidence"]
    for day in sorted(set(proof.ran.values()), reverse=True):
        cases = ", ".join(case for case, when in proof.ran.items() if when == day)
        yield f"  built and run hardened on {day}: {cases}"
    yield from (f"  not built: {why}" for why in proof.because.get("run", ()))
    yield from ["", "Guarantees, by the Dockerfiles of its cases"]
    for key, title in guarantees().items():
        yield f"  {title:18} {proof.kept[key]}"
        yield from (f"  {'':18} {why}" for why in proof.because.get(key, ()))


def _question(question: Question) -> str:
    shown = as_text(question.default) if _is_plain(question.default) else ""
    default = f"  [{shown}]" if shown else ""
    return f"  {question.name:18} {question.prompt} ({question.kind}){default}"


def _is_plain(default: object) -> bool:
    """Whether a default is the same for every project."""
    return isinstance(default, (bool, int)) or (isinstance(default, str) and "{{" not in default)
