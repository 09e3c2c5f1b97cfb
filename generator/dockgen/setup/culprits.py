"""Which answer a finding is about, and under which name `accept` takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dockgen.answers.model import Resolution
from dockgen.lint.model import Finding
from dockgen.plan.model import Plan
from dockgen.records import record

if TYPE_CHECKING:
    from dockgen.lint.knowledge.token_shapes import Token

# The rules that take a variable for a secret by its name alone.
BY_NAME = frozenset({"DG0501", "DL3064", "SecretsUsedInArgOrEnv"})
# The rules on what an image is and how it is named: whoever names one by hand may have their reasons.
BY_IMAGE = frozenset({"DG0101", "DG0102", "DG0103", "DG0104", "DG0603", "DG0605", "DG0606"})
_BY_PACKAGE = frozenset({"DG0105"})
_BY_NAME_OF_CACHES = frozenset({"DG0609"})
_BY_VERSION = frozenset({"DG0103"})
# Answers that put names of the user's own into instructions.
NAMED = ("environment", "build_arguments")
_PACKAGES = ("runtime_packages", "build_packages")


@record
class Culprit:
    """An answer that made a finding, as `--set` names it; `subjects` are what `accept` would have to name.

    `kind` is variable, package, image, version or token; nothing accepts a token.
    """

    answer: str
    kind: str
    subjects: tuple[str, ...] = ()


def culprit_of(finding: Finding, lines: Sequence[str], resolution: Resolution, plan: Plan) -> Culprit | None:
    """Return the answer that a finding is about; None where a template made the line.

    `lines` are those of the generated Dockerfile.
    """
    own = lines[finding.span.start.line - 1 : finding.span.end.line]
    values = {name: answer.value for name, answer in resolution.answers.items()}
    return (
        _token(own, values)
        or _variable(finding, own, values)
        or _package(finding, values)
        or _image(finding, own, values, plan)
        or _version(finding, own, values, plan)
        or _name(finding)
    )


def needed_packages(finding: Finding, resolution: Resolution, plan: Plan) -> tuple[str, ...]:
    """Return the packages that a finding is about if the stack chose each: a dependency calls them."""
    if not _BY_PACKAGE & set(finding.ids):
        return ()
    answer = resolution.answers.get("runtime_packages")
    named = tuple(one for one in plan.runtime_packages if names(finding.message, one))
    return () if set(named) & set(answer.value if answer else ()) else named


def names(text: str, name: str) -> bool:
    """Return whether a text names a thing, and not one whose name only contains that name."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def secrets_in(text: str) -> Iterator[Token]:
    """Yield what is a secret by its own shape in an answer, whatever the answer is called."""
    from dockgen.lint.knowledge.token_shapes import tokens, url_credentials

    yield from tokens(text)
    yield from url_credentials(text)


def _token(own: Sequence[str], values: Mapping[str, Any]) -> Culprit | None:
    found = {line[one.start : one.end] for line in own for one in secrets_in(line)}
    for name, value in values.items() if found else ():
        if any(secret in text for text in _texts(value) for secret in found):
            return Culprit(name, "token")
    return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, str):
        yield value


def _variable(finding: Finding, own: Sequence[str], values: Mapping[str, Any]) -> Culprit | None:
    for question in NAMED:
        for name in values.get(question) or {}:
            if names(finding.message, name) or any(f" {name}=" in f" {line}" for line in own):
                subjects = (name,) if BY_NAME & set(finding.ids) else ()
                return Culprit(f"{question}.{name}", "variable", subjects)
    return None


def _package(finding: Finding, values: Mapping[str, Any]) -> Culprit | None:
    for question in _PACKAGES:
        named = tuple(one for one in values.get(question) or () if names(finding.message, one))
        if named:
            return Culprit(question, "package", named if _BY_PACKAGE & set(finding.ids) else ())
    return None


def _image(finding: Finding, own: Sequence[str], values: Mapping[str, Any], plan: Plan) -> Culprit | None:
    for name in values.get("image") or {}:
        image = plan.images.get(name)
        if image and any(image.reference in line for line in own):
            allowed = BY_IMAGE & set(finding.ids)
            return Culprit(f"image.{name}", "image", (f"image.{name}",) if allowed else ())
    return None


def _version(finding: Finding, own: Sequence[str], values: Mapping[str, Any], plan: Plan) -> Culprit | None:
    """The version of the language decides the images that the stack chooses by itself."""
    chosen = [image for name, image in plan.images.items() if name != "frontend"]
    about = _BY_VERSION & set(finding.ids) and values.get("version")
    if about and any(image.reference in line for image in chosen for line in own):
        return Culprit("version", "version", ("version",))
    return None


def _name(finding: Finding) -> Culprit | None:
    """Cache mounts carry the project's name, which may be a word that any project would choose."""
    return Culprit("name", "name") if _BY_NAME_OF_CACHES & set(finding.ids) else None
