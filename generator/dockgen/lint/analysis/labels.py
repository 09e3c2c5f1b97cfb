"""The labels of a stage and whether their values are what the specifications ask for.

Sources: OCI image specification (annotations.md), RFC 3339 (dates), RFC 3986 (URLs), RFC 5322 (addresses, the
plain ones only).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Instruction, Span, Stage
from dockgen.licences import is_licence_expression
from dockgen.records import record
from dockgen.regexes import regex

OCI = "org.opencontainers.image."
SCHEMA = "org.label-schema."
_DATE = regex(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_URL = regex(r"[a-z][a-z0-9+.-]*://[^\s/?#]+\S*", re.IGNORECASE)
_ADDRESS = regex(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)*", re.ASCII)


@record
class Label:
    """One key of a LABEL instruction; `value` is unquoted, its variables kept."""

    key: str
    value: str
    span: Span
    instruction: Instruction

    @property
    def known(self) -> bool:
        """Whether the value is a literal one: no build argument decides it, and it is not empty."""
        return bool(self.value) and "$" not in self.value


def unquoted(text: str) -> str:
    """Return a word without the quotes and backslashes that Docker takes away."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text


def quoted(text: str) -> str:
    """Return the text as a double-quoted word in which Docker expands nothing."""
    escaped = re.sub(r'(["\\\\$])', r"\\\1", text)
    return f'"{escaped}"'


def labels(stage: Stage) -> Iterator[Label]:
    """Yield the labels that the stage itself sets."""
    for instruction in stage.instructions:
        if instruction.keyword == "LABEL":
            for key, value in instruction.pairs:
                if value is not None:
                    yield Label(unquoted(key.text), unquoted(value.text), value.span, instruction)


def is_date(value: str) -> bool:
    """Return whether the text is a date and time of RFC 3339, of a day that exists."""
    if not _DATE.fullmatch(value):
        return False
    try:
        # A leap second is a valid time that Python's own type does not know.
        datetime.datetime.strptime(value[:16].upper(), "%Y-%m-%dT%H:%M").replace(tzinfo=datetime.UTC)
    except ValueError:
        return False
    return int(value[17:19]) <= 60


def is_url(value: str) -> bool:
    """Return whether the text is an absolute URL with a host."""
    return bool(_URL.fullmatch(value))


def wrong_addresses(value: str) -> list[str]:
    """Return the words of a contact that mean to be an e-mail address and are none."""
    inside = re.findall(r"<([^<>]*)>", value)
    candidates = inside or [word.strip(",;()") for word in value.split()]
    meant = [word.removeprefix("mailto:") for word in candidates if "@" in word[1:] and "://" not in word]
    return [word for word in meant if not _ADDRESS.fullmatch(word)]


def fault(key: str, value: str) -> str | None:
    """Return what is wrong with the value of a label that a specification defines, None where nothing is."""
    name = key.removeprefix(OCI) if key.startswith(OCI) else ""
    if (name == "created" or key == f"{SCHEMA}build-date") and not is_date(value):
        return f"no date and time of RFC 3339: {value!r}"
    if name == "licenses" and not is_licence_expression(value):
        return f"no SPDX licence expression: {value!r}"
    url = name in {"url", "source", "documentation"} or key in {f"{SCHEMA}url", f"{SCHEMA}vcs-url"}
    if url and not (is_url(value) or value.startswith("git@")):
        return f"no URL: {value!r}"
    if name == "base.digest" and not re.fullmatch(r"[a-z0-9]+:[0-9a-f]{32,128}", value):
        return f"no digest: {value!r}"
    wrong = wrong_addresses(value) if name == "authors" or key == "maintainer" else []
    return f"no e-mail address: {wrong[0]!r}" if wrong else None


def label_keys(stage: Stage) -> set[str]:
    """Return the keys of all labels that a stage has, its parents' among them."""
    return {label.key for one in stage.lineage for label in labels(one)}
