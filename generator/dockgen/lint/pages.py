"""The page of any rule id: dockgen's own, BuildKit's, hadolint's, ShellCheck's."""

from __future__ import annotations

import json
import re
from functools import cache
from inspect import cleandoc

from dockgen.errors import AnswerError
from dockgen.lint import notices, rules_loader
from dockgen.lint.causes import practices, same_cause
from dockgen.regexes import regex
from dockgen.resources import bundled

_SHELLCHECK = regex(r"SC[12]\d{3}|SC3\d{3}")
_WORDS = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_HADOLINT_WIKI = "https://github.com/hadolint/hadolint/wiki/"
_SHELLCHECK_WIKI = "https://www.shellcheck.net/wiki/"
_BUILD_CHECKS = "https://docs.docker.com/reference/build-checks/"
# Of BuildKit's checks this one has no page of its own.
_PLATFORMS = "https://docs.docker.com/build/building/multi-platform/"


def is_rule(rule_id: str) -> bool:
    """Return whether an id names a rule; capitals don't matter."""
    return _spelled(rule_id) is not None


def is_named_like_one(text: str) -> bool:
    """Return whether a text has the shape of a rule's id of dockgen, hadolint or ShellCheck."""
    return bool(re.fullmatch(r"(?i:dg|dl|sc)[0-9]+", text))


def page(rule_id: str) -> str:
    """Return the page of a rule; raises AnswerError for an id that no rule has."""
    known = _spelled(rule_id)
    if known is None:
        raise AnswerError(f"there is no rule {rule_id!r}", "dockgen lint names the id of each finding")
    return _written(known).strip() + "\n" + _relations(known)


def address(rule_id: str) -> str | None:
    """Return where the rule's authors describe it, None for dockgen's own."""
    if rule_id.startswith("DL"):
        return _HADOLINT_WIKI + rule_id
    if _SHELLCHECK.fullmatch(rule_id):
        return _SHELLCHECK_WIKI + rule_id
    if rule_id == "InvalidBaseImagePlatform":
        return _PLATFORMS
    if rule_id in _build_checks():
        return f"{_BUILD_CHECKS}{_WORDS.sub('-', rule_id).lower()}/"
    return None


def all_ids() -> tuple[str, ...]:
    """Return the id of every rule but ShellCheck's."""
    return (*notices.PAGES, *rules_loader.rule_ids(), *_build_checks(), *_hadolint())


def is_known_beginning(word: str) -> bool:
    """Return whether at least one rule's id begins with that."""
    return bool(re.fullmatch(r"SC?|SC[123]\d{0,3}", word)) or any(i.startswith(word) for i in all_ids())


def _spelled(rule_id: str) -> str | None:
    if _SHELLCHECK.fullmatch(rule_id.upper()):
        return rule_id.upper()
    return next((known for known in all_ids() if known.lower() == rule_id.lower()), None)


def _written(rule_id: str) -> str:
    if rule_id in notices.PAGES:
        return notices.PAGES[rule_id]
    if rule_id in rules_loader.rule_ids():
        return cleandoc(rules_loader.page(rule_id))
    if rule_id in _hadolint():
        return (
            f"{rule_id}: {_hadolint()[rule_id]}\n\nA rule of hadolint's.\n\nReferences: {address(rule_id)}\n"
        )
    if _SHELLCHECK.fullmatch(rule_id):
        return (
            f"{rule_id}: a rule of ShellCheck's on the shell code of RUN.\n\n"
            "hadolint hands each shell command of the Dockerfile to ShellCheck; the finding's message says "
            f"what is wrong.\n\nReferences: {address(rule_id)}\n"
        )
    return _build_checks()[rule_id]


def _relations(rule_id: str) -> str:
    others = sorted(same_cause(rule_id) - {rule_id})
    lines = [f"The same cause: {', '.join(others)}."] if others else []
    if rule_id in practices():
        lines.append(f"It guards practice {practices()[rule_id]}.")
    return "".join(f"\n{line}\n" for line in lines)


@cache
def _build_checks() -> dict[str, str]:
    from dockgen.lint import buildkit

    return dict(buildkit.pages())


@cache
def _hadolint() -> dict[str, str]:
    pages: dict[str, str] = json.loads((bundled("stacks") / "data/hadolint-rules.json").read_text("utf-8"))
    return pages
