"""A secret that was given as an answer is shown nowhere: not on screen, in JSON, in differences or errors."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from dockgen.answers.model import Answer, Resolution
from dockgen.records import replace
from dockgen.setup.culprits import NAMED, secrets_in
from dockgen.setup.generate import Generated, generate

HIDDEN = "HIDDEN"


def without_secrets(text: str, variables: Collection[str] = ()) -> str:
    """Return a text without what is a secret by its shape, and without the values of those variables."""
    found = sorted({text[one.start : one.end] for one in secrets_in(text)}, key=len, reverse=True)
    for secret in found:
        text = text.replace(secret, HIDDEN)
    for name in variables:
        text = re.sub(rf"(?<!\w)({re.escape(name)}[\"']?[ \t]*[=:][ \t]*)\S.*", rf"\g<1>{HIDDEN}", text)
    return text


def concealed(generated: Generated, templates: Sequence[Path], output: Path | None) -> Generated:
    """Return what was refused as it is without its secrets: made anew from answers that hold none."""
    answers = discreet(generated.resolution, refused_variables(generated))
    made = generate(generated.survey, answers, generated.today, templates, output=output)
    return replace(made, report=replace(made.report, findings=generated.findings))


def refused_variables(generated: Generated) -> list[str]:
    """Return the variables that are refused because their names are those of secrets."""
    culprits = [generated.culprit(finding) for finding in generated.findings]
    return [name for one in culprits if one and one.kind == "variable" for name in one.subjects]


def discreet(resolution: Resolution, variables: Collection[str]) -> Resolution:
    """Return answers without the values of those variables, and without anything that is a token."""
    answers = {
        name: replace(answer, value=_discreet(answer.value, variables if name in NAMED else ()))
        for name, answer in resolution.answers.items()
    }
    known = {**resolution.scope["answers"], **{name: answer.value for name, answer in answers.items()}}
    return replace(resolution, answers=answers, scope={**resolution.scope, "answers": known})


def shown(answer: Answer, answers: Mapping[str, Answer]) -> Any:
    """Return an answer's value as it may be shown before the linter has judged it."""
    from dockgen.lint.knowledge.secret_names import is_secret_name

    accepted = answers["accept"].value if "accept" in answers else {}
    named = [name for name in answer.value or () if is_secret_name(name)] if answer.name in NAMED else ()
    return _discreet(answer.value, [name for name in named if name not in accepted])


def _discreet(value: Any, variables: Collection[str]) -> Any:
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, list):
        return [_discreet(entry, ()) for entry in value]
    if isinstance(value, Mapping):
        return {key: HIDDEN if key in variables else _discreet(text, ()) for key, text in value.items()}
    return value
