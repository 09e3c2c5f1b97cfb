"""`dockgen explain PATH`: the evidence, the facts with file and line, and what would be asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dockgen.answers.model import Answer, Given, Proposal
from dockgen.answers.text import as_text
from dockgen.catalog.detection import Candidate
from dockgen.catalog.question import Question
from dockgen.project.facts import Fact
from dockgen.records import replace
from dockgen.report.terminal import printable, wrapped
from dockgen.setup import answers_file
from dockgen.setup.discretion import shown
from dockgen.setup.generate import settle
from dockgen.setup.survey import Survey, survey

_LONGEST, _LEAST = 90, 20
_MOST_PLACES = 3
_NAMES = 23
"""The column in which values begin."""


def explanation(
    root: Path, flags: Sequence[str] = (), stacks: Sequence[Path] = (), columns: int | None = None
) -> str:
    """Return the whole explanation, broken to fit the columns where there is a terminal.

    Raises what `dockgen new` would raise before it asks.
    """
    lines = _lines(root, flags, stacks, min(_LONGEST, max(_LEAST, columns - _NAMES)) if columns else _LONGEST)
    fitted = (wrapped(line, columns, _NAMES) if columns else [line] for line in lines)
    return "\n".join(line for broken in fitted for line in broken)


def _lines(root: Path, flags: Sequence[str], stacks: Sequence[Path], longest: int) -> list[str]:
    saved, set_ = answers_file.read_saved(root), answers_file.read_flags(flags)
    stack = set_.get("stack") or saved.stack
    given = Given((("--set", set_), (answers_file.NAME, saved.answers)), {answers_file.NAME: saved.places})
    context = given.find("context")
    surveyed = survey(root, str(stack) if stack else None, stacks, str(context[1]) if context else None)
    asked: list[str] = []

    def note(question: Question, proposal: Proposal) -> Any:
        asked.append(question.name)
        return proposal.value

    resolution = settle(surveyed, given, note)
    lines = [
        *_stack(surveyed, bool(stack)),
        *_context(surveyed),
        "",
        "Facts",
        *(_fact(fact, longest) for fact in _said(surveyed)),
        "",
        "Answers",
    ]
    lines += [
        _answer(replace(answer, value=shown(answer, resolution.answers)))
        for answer in resolution.answers.values()
        if answer.value not in (None, "", [], {})
    ]
    lines += (
        ["", "Would be asked", *(f"  {name}" for name in asked)] if asked else ["", "Nothing would be asked."]
    )
    lines += [f"  {question.question.name}: {question.question.prompt}" for question in resolution.unanswered]
    return lines


def _stack(surveyed: Survey, named: bool) -> Iterator[str]:
    candidates = surveyed.detection.candidates
    why = "named by hand" if named else "its evidence weighs most"
    yield f"Stack {surveyed.stack.name}: {why}"
    for candidate in candidates:
        yield from _evidence(candidate)
    for problem in surveyed.detection.problems:
        yield f"  could not be read: {printable(problem.message)}"


def _context(surveyed: Survey) -> Iterator[str]:
    context = surveyed.context
    if context.folder:
        yield f"Build context {context.up}: the workspace's root  ({printable(str(context.origin))})"
        yield from (f"  needs {member['path']}" for member in context.members)


def _evidence(candidate: Candidate) -> Iterator[str]:
    yield f"  {candidate.header.name}, weight {candidate.weight}"
    for piece in candidate.evidence:
        yield f"    {piece.weight:4}  {printable(piece.says)}  ({printable(str(piece.origin or ''))})"


def _said(surveyed: Survey) -> list[Fact]:
    return [fact for fact in surveyed.facts.values() if fact.value not in (None, "", [], {}, False)]


def _fact(fact: Fact, longest: int) -> str:
    shown = printable(as_text(fact.value))
    cut = shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
    also = "".join(
        f"; also {printable(as_text(v))[:40]} in {o}" for v, o in fact.others[:3] if v != fact.value
    )
    return f"  {fact.name:20} {cut}  ({printable(_places(fact) + also)})"


def _places(fact: Fact) -> str:
    """Where a fact was read; what was joined of several places names the first few."""
    listed = [*dict.fromkeys(str(origin) for _, origin in fact.parts)] or [str(fact.origin or "concluded")]
    return ", ".join(listed[:_MOST_PLACES]) + (" …" if len(listed) > _MOST_PLACES else "")


def _answer(answer: Answer) -> str:
    # Nobody is asked here: what a prompt would propose is the default.
    where = answer.origin or ("default" if answer.source == "prompt" else answer.source)
    return f"  {answer.name:20} {printable(as_text(answer.value))}  ({printable(where)})"
