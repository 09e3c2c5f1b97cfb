"""Whose fault a finding is: a template's, or an answer's; with the ways out."""

from __future__ import annotations

from collections.abc import Callable

from dockgen.lint.model import Finding
from dockgen.records import record
from dockgen.setup.culprits import Culprit
from dockgen.setup.generate import Generated

# Where a secret belongs instead of the answer that names it.
_PLACES = {
    "environment": "a secret: leave it out, and hand it over to the container: docker run --env {name}",
    "build_arguments": "a secret: mount it for the one instruction that needs it: "
    "--set secrets=id={id},env={name}",
}


@record
class Fault:
    """A finding that refused the write: `answer` as `--set` names it, None where a template is to blame."""

    finding: Finding
    answer: str | None
    message: str
    ways: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The rule as its own engine calls it."""
        return self.finding.ids[0]


def faults_of(generated: Generated) -> list[Fault]:
    """Return whose fault each finding is that refused the write."""
    return [_fault(generated, finding) for finding in generated.findings]


def _fault(generated: Generated, finding: Finding) -> Fault:
    culprit = generated.culprit(finding)
    if culprit is None:
        return Fault(
            finding, None, f"template {generated.plan.template} made this line", ("please report it",)
        )
    place = _place(generated, culprit)
    message = f"the answer {culprit.answer} is at fault" + (f" ({place})" if place else "")
    return Fault(finding, culprit.answer, message, (*_WAYS[culprit.kind](culprit), *_acceptances(culprit)))


def _place(generated: Generated, culprit: Culprit) -> str:
    """Where an answer stands that the user did not type just now."""
    answer = generated.resolution.answers.get(culprit.answer.partition(".")[0])
    return answer.origin if answer else ""


def _variable(culprit: Culprit) -> tuple[str, ...]:
    question, _, name = culprit.answer.partition(".")
    return (_PLACES[question].format(name=name, id=name.lower().replace("_", "-")),)


_WAYS: dict[str, Callable[[Culprit], tuple[str, ...]]] = {
    "variable": _variable,
    "package": lambda _: ("leave the package out",),
    "image": lambda _: ("name another image, or leave the answer out for the one that dockgen knows",),
    "version": lambda _: ("move to a supported version and set it: --set version=…",),
    "name": lambda _: ("any project could have that name: choose one of its own: --set name=…",),
    "token": lambda _: ("leave the secret out; give it up where it was issued if it was shown to anybody",),
}


def _acceptances(culprit: Culprit) -> tuple[str, ...]:
    flags = " ".join(f"--set 'accept.{subject}=the reason'" for subject in culprit.subjects)
    why = "no secret: say why" if culprit.kind == "variable" else "meant so: say why"
    return (f"{why}: {flags}",) if flags else ()
