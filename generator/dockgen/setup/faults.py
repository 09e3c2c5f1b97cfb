"""Whose fault a finding is: a template's, or an answer's; with the way out."""

from __future__ import annotations

from dockgen.lint.model import Finding
from dockgen.setup.generate import Generated

# Answers that put names of the user's own into instructions.
_NAMED = ("environment", "build_arguments")


_PACKAGES = ("runtime_packages", "build_packages")


def faults_of(generated: Generated) -> list[str]:
    """Return one sentence for each finding that refused the write."""
    return [_fault(generated, finding) for finding in generated.findings]


def answer_at_fault(generated: Generated, finding: Finding) -> str | None:
    """Return the answer that a finding is about, as `--set` names it; None where a template made the line."""
    first, last = finding.span.start.line, finding.span.end.line
    lines = "\n".join(generated.report.lines[first - 1 : last])
    for question in _NAMED:
        answer = generated.resolution.answers.get(question)
        for name in (answer.value if answer else {}) or {}:
            if name in finding.message or f"{name}=" in lines:
                return f"{question}.{name}"
    for question in _PACKAGES:
        answer = generated.resolution.answers.get(question)
        if any(package in finding.message.split() for package in (answer.value if answer else []) or []):
            return question
    return None


def _fault(generated: Generated, finding: Finding) -> str:
    culprit, rule = answer_at_fault(generated, finding), finding.ids[0]
    if culprit is None:
        return f"{rule}: template {generated.plan.template} made this line; please report it."
    _, dot, name = culprit.partition(".")
    if not dot:
        return f"{rule}: the answer {culprit} is at fault; leave the package out."
    return (
        f"{rule}: the answer {culprit} is at fault. A secret belongs into --set secrets=id=…,env={name}; "
        f"if it is none, say why: --set 'accept.{name}=the reason'"
    )
