"""`dockgen new --json`."""

from __future__ import annotations

import json
from typing import Any

from dockgen.errors import DockgenError
from dockgen.lint.model import Finding
from dockgen.plan import commands
from dockgen.project import git
from dockgen.setup.new import Outcome
from dockgen.setup.pins import pins_of


def as_json(outcome: Outcome) -> str:
    """Return everything that the screen shows, for programs."""
    return json.dumps(node_of(outcome), indent=2)


def node_of(outcome: Outcome) -> dict[str, Any]:
    """Return the same as a structure."""
    made = outcome.generated
    root = made.survey.context.path
    history = git.has_commits(root)
    node: dict[str, Any] = {
        "stack": made.survey.stack.name,
        "written": outcome.written,
        "answers": {
            answer.name: {"value": answer.value, "source": answer.source, "origin": answer.origin}
            for answer in made.resolution.answers.values()
        },
        "files": [
            {"path": state.path, "state": str(state.kind), "text": state.text} for state in outcome.files
        ],
        "backups": dict(outcome.backups),
        "findings": [
            {**_finding(fault.finding), "answer": fault.answer, "ways": list(fault.ways)}
            for fault in outcome.faults
        ],
        "accepted": [
            {**_finding(one.finding), "subject": one.subject, "reason": one.reason}
            for one in made.acceptances
        ],
        "notices": [
            {"message": n.message, "hint": n.hint, "practice": n.practice, "strict": n.strict}
            for n in made.notices
        ],
        "scorecard": [
            {
                "practice": score.practice,
                "title": score.title,
                "status": score.status.value,
                "evidence": [{"line": one.line, "text": one.text} for one in score.evidence],
                "left": list(score.left),
            }
            for score in made.scorecard
        ],
        "pins": [
            {"stage": pin.stage, "image": pin.image.reference, "seen": pin.seen, "months": pin.months}
            for pin in pins_of(made.plan, made.today)
        ],
        "commands": {
            **_build_and_run(outcome, history=history),
            **{name: " ".join(line) for name, line in commands.extra_commands(made.plan).items()},
        },
        "processes": {
            process.name: _build_and_run(outcome, process.name, history=history)
            for process in made.plan.processes
        },
        "kubernetes": commands.kubernetes_probes(made.plan),
    }
    if outcome.diff:
        node["diff"] = outcome.diff
    return node


def _build_and_run(outcome: Outcome, process: str = "", *, history: bool) -> dict[str, str]:
    plan, root = outcome.generated.plan, outcome.generated.survey.context.path
    build = commands.build_command(plan, root, outcome.folder, history=history, target=process)
    return {"build": " ".join(build), "run": " ".join(commands.run_command(plan, process))}


def error_as_json(error: DockgenError) -> str:
    """Return an error that stopped the run, for programs."""
    node = {"message": error.message, "hint": error.hint, **error.details}
    return json.dumps({"written": False, "error": node}, indent=2)


def _finding(finding: Finding) -> dict[str, Any]:
    line = finding.span.start.line
    return {
        "ids": list(finding.ids),
        "line": line,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
    }
