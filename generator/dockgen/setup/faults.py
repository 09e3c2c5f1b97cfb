"""Whose fault a finding is: a template's, or an answer's; with the ways out."""

from __future__ import annotations

from dockgen.lint.model import Finding
from dockgen.records import record
from dockgen.setup.generate import Generated, names

_PACKAGES = ("runtime_packages", "build_packages")
# Answers that put names of the user's own into instructions, and where such a secret belongs instead.
_NAMED = {
    "environment": "a secret: leave it out, and hand it over to the container: docker run --env {name}",
    "build_arguments": "a secret: mount it for the one instruction that needs it: "
    "--set secrets=id={id},env={name}",
}


@record
class Fault:
    """A finding that refused the write: `answer` as `--set` names it, None where a template is to blame."""

    rule: str
    answer: str | None
    message: str
    ways: tuple[str, ...]


def faults_of(generated: Generated) -> list[Fault]:
    """Return whose fault each finding is that refused the write."""
    return [_fault(generated, finding) for finding in generated.findings]


def answer_at_fault(generated: Generated, finding: Finding) -> str | None:
    """Return the answer that a finding is about, as `--set` names it; None where a template made the line."""
    first, last = finding.span.start.line, finding.span.end.line
    lines = generated.report.lines[first - 1 : last]
    for question in _NAMED:
        answer = generated.resolution.answers.get(question)
        for name in (answer.value if answer else {}) or {}:
            if names(finding.message, name) or any(f" {name}=" in f" {line}" for line in lines):
                return f"{question}.{name}"
    for question in _PACKAGES:
        answer = generated.resolution.answers.get(question)
        if any(package in finding.message.split() for package in (answer.value if answer else []) or []):
            return question
    return None


def _fault(generated: Generated, finding: Finding) -> Fault:
    culprit, rule = answer_at_fault(generated, finding), finding.ids[0]
    if culprit is None:
        return Fault(rule, None, f"template {generated.plan.template} made this line", ("please report it",))
    question, dot, name = culprit.partition(".")
    message = f"the answer {culprit} is at fault"
    if not dot:
        return Fault(rule, culprit, message, ("leave the package out",))
    secret = _NAMED[question].format(name=name, id=name.lower().replace("_", "-"))
    return Fault(rule, culprit, message, (secret, f"no secret: say why: --set 'accept.{name}=the reason'"))
