"""docs/stacks.md, stacks/data/evidence.json and the README's list of stacks, as the cases give them.

`tests/stacks/<stack>/unmet.yaml` says why a guarantee is not kept: by its key, a list of `because` with the
`cases` that it is about (all that do not keep it, where none are named).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dockgen.catalog.stack import Header, load_header, stack_files
from unit.stacks.guarantees import GUARANTEES, Guarantee, Subject

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "stacks"
EVIDENCE = ROOT / "stacks" / "data" / "evidence.json"
PAGE = ROOT / "docs" / "stacks.md"
README = ROOT / "README.md"
RUNS = ROOT / ".cache" / "e2e" / "ran"
"""Where the end-to-end tests note the day on which a case was built and run: <stack>/<case>."""
RUN = "run"
INTRODUCTION = """\
# Stacks

Written by `tests/unit/stacks/test_stack_page.py --update` from the cases in `tests/stacks`: each number
counts the Dockerfiles that dockgen writes for them. Each of these files, and every combination of every
stack's options, passes hadolint, BuildKit's checks and dockgen's own strict rules with no finding.

**Tier 1**: at least one case was really built and run with a read-only root, without capabilities and with
no new privileges, last on the day that stands there. **Tier 2**: written, linted and checked; not built here.
"""
COUNTED = """\
- **Built and run read-only**: by the commands that dockgen prints, until it is healthy, has answered and has
  stopped in time; with the last day on which that was seen.
"""
_NAMED = 4
"""More cases with one and the same reason are counted, where there is no other reason."""
ASKED = "asked for in its answers"
MARKS = ("<!-- stacks: written by the tests -->", "<!-- end of the stacks -->")


@dataclass
class Cell:
    """One guarantee of one stack: which cases keep it, and the others with the reason."""

    kept: list[str] = field(default_factory=list)
    unmet: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    """Why no case has anything to keep."""

    @property
    def text(self) -> str:
        """The cell of the table."""
        count = len(self.kept) + len(self.unmet)
        return f"{len(self.kept)} of {count}" if count else "–"


@dataclass
class Row:
    """One stack: its cases, the days on which some were run, its cells by guarantee."""

    header: Header
    cases: list[str]
    ran: dict[str, str]
    cells: dict[str, Cell]

    @property
    def tier(self) -> int:
        """1 where a case is known to have been built and run, else 2."""
        return 1 if self.ran else 2


def rows(ran: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """Return all stacks in the order of their titles; `ran` gives days by stack and case."""
    headers = sorted((load_header(path) for path in stack_files()), key=lambda header: header.title.lower())
    return [_row(header, ran.get(header.name, {})) for header in headers]


def _row(header: Header, days: Mapping[str, str]) -> Row:
    folder = CASES / header.name
    cases = sorted(path.parent.name for path in folder.glob("*/project"))
    runnable = {path.parent.name for path in folder.glob("*/run.yaml")}
    ran = {case: day for case, day in sorted(days.items()) if case in runnable}
    reasons = Reasons.of(folder)
    cells = {one.key: _judged(folder, cases, one, reasons) for one in GUARANTEES}
    left = [case for case in cases if case not in ran]
    unmet = {case: reasons.why(RUN, case) if case not in runnable else "not run yet" for case in left}
    cells[RUN] = Cell(sorted(ran), unmet)
    return Row(header, cases, ran, cells)


@dataclass(frozen=True)
class Reasons:
    """What a stack's unmet.yaml says; `why` fails where it should and does not."""

    stack: str
    said: Mapping[str, Sequence[Mapping[str, Any]]]

    @classmethod
    def of(cls, folder: Path) -> Reasons:
        path = folder / "unmet.yaml"
        return cls(folder.name, yaml.safe_load(path.read_text()) or {} if path.exists() else {})

    def why(self, guarantee: str, case: str = "") -> str:
        for row in self.said.get(guarantee, []):
            if case in row.get("cases", [case]):
                return str(row["because"])
        about = f"of {case}" if case else "of any case"
        raise AssertionError(f"tests/stacks/{self.stack}/unmet.yaml does not say why: {guarantee} {about}")


def _judged(folder: Path, cases: Sequence[str], guarantee: Guarantee, reasons: Reasons) -> Cell:
    cell = Cell()
    for case in cases:
        verdict = guarantee.judge(Subject(_dockerfile(folder / case).read_text()))
        if verdict:
            cell.kept.append(case)
        elif verdict is False:
            chosen = guarantee.key == "shell" and "flavour" in _answers(folder / case)
            cell.unmet[case] = ASKED if chosen else reasons.why(guarantee.key, case)
    if guarantee.always and not cell.kept and not cell.unmet:
        cell.reason = reasons.why(guarantee.key)
    return cell


def _dockerfile(case: Path) -> Path:
    return next(path for path in sorted((case / "expected").iterdir()) if path.name.endswith("Dockerfile"))


def _answers(case: Path) -> Mapping[str, Any]:
    path = case / "answers.yaml"
    return yaml.safe_load(path.read_text()) or {} if path.exists() else {}


def known_days() -> dict[str, dict[str, str]]:
    """Return the days that evidence.json keeps."""
    if not EVIDENCE.exists():
        return {}
    stacks = json.loads(EVIDENCE.read_text())["stacks"]
    return {name: stack["ran"] for name, stack in stacks.items()}


def newer_days(days: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return the days with what the end-to-end tests noted in this checkout since."""
    found = {stack: dict(cases) for stack, cases in days.items()}
    for path in sorted(RUNS.glob("*/*")):
        cases = found.setdefault(path.parent.name, {})
        cases[path.name] = max(cases.get(path.name, ""), path.read_text().strip())
    return found


def evidence(table: Sequence[Row]) -> str:
    """Return the text of evidence.json."""
    about = {
        "what": "How far each stack is proven: its cases, the last day on which each was built and run "
        "(read-only, no capabilities), how many cases keep a guarantee, and why others do not.",
        "source": "tests/stacks and tests/e2e, written by tests/unit/stacks/test_stack_page.py",
        "date": max((day for row in table for day in row.ran.values()), default=""),
        "guarantees": {one.key: one.title for one in GUARANTEES},
    }
    stacks = {row.header.name: _stack(row) for row in sorted(table, key=lambda row: row.header.name)}
    return json.dumps({"about": about, "stacks": stacks}, indent=1, ensure_ascii=False) + "\n"


def _stack(row: Row) -> dict[str, Any]:
    kept = {one.key: row.cells[one.key] for one in GUARANTEES}
    return {
        "cases": row.cases,
        "ran": row.ran,
        "kept": {key: cell.text for key, cell in kept.items()},
        "because": {
            key: list(_because(cell)) for key, cell in row.cells.items() if cell.unmet or cell.reason
        },
    }


def _because(cell: Cell) -> Iterator[str]:
    if cell.reason:
        yield cell.reason
    for reason in dict.fromkeys(cell.unmet.values()):
        cases = [case for case, why in cell.unmet.items() if why == reason]
        every = len(cases) == len(cell.unmet) > _NAMED
        yield f"{f'all {len(cases)} others' if every and cell.kept else ', '.join(cases)}: {reason}"


def page(table: Sequence[Row]) -> str:
    """Return the text of docs/stacks.md."""
    titles = [one.title for one in GUARANTEES]
    head = ["Stack", "Tier", "Built and run read-only", *titles]
    lines = [
        *INTRODUCTION.splitlines(),
        "",
        _line(head),
        _line(["---"] * 3 + [":-:"] * len(titles)),
        *(_line(_cells(row)) for row in table),
        "",
        "## What is counted",
        "",
        *(f"- **{one.title}**: {one.counted}." for one in GUARANTEES),
        *COUNTED.splitlines(),
        "",
        "A dash says that no case has anything to keep.",
        "",
        "## What is not kept, and why",
    ]
    for row in table:
        lines += ["", f"### {row.header.title}", "", *_reasons(row)]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row) -> list[str]:
    day = f", {max(row.ran.values())}" if row.ran else ""
    return [
        row.header.title,
        str(row.tier),
        row.cells[RUN].text + day,
        *(row.cells[one.key].text for one in GUARANTEES),
    ]


def _reasons(row: Row) -> Iterator[str]:
    titles = {one.key: one.title for one in GUARANTEES} | {RUN: "Built and run read-only"}
    found = [f"- {titles[key]}: {why}." for key, cell in row.cells.items() for why in _because(cell)]
    yield from found or ["All is kept."]


def readme(table: Sequence[Row], text: str) -> str:
    """Return the README with its list of stacks between the marks."""
    told = {
        1: "built and run hardened by dockgen's own CI",
        2: "written, linted and checked, not built there",
    }
    lines = []
    for tier, meaning in told.items():
        names = [row.header.title for row in table if row.tier == tier]
        if names:
            lines.append(f"- **Tier {tier}** ({meaning}): {', '.join(names)}.")
    start, end = map(re.escape, MARKS)
    return re.sub(
        f"({start}\n).*?({end})", lambda m: m[1] + "\n".join(lines) + "\n" + m[2], text, flags=re.DOTALL
    )
