"""What comments in the file switch off: dockgen's pragmas, hadolint's and BuildKit's.

`# dockgen ignore=DG0201,DG0601 -- reason` holds for the instruction behind it (or around it, where the
comment stands inside one), `# dockgen global ignore=…` for the file; so do hadolint's. An id stands for
its cause: `# hadolint ignore=DL3002` also silences the rule of dockgen's that says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dockgen.dockerfile.model import Comment, Dockerfile, Instruction
from dockgen.lint.causes import same_cause
from dockgen.lint.model import Finding
from dockgen.records import record
from dockgen.regexes import regex

_HEAD = regex(r"(dockgen|hadolint)[ \t]+(global[ \t]+)?ignore[ \t]*=", re.IGNORECASE)
_SPELLED = regex(r"hadolint[ \t]+(?:global[ \t]+)?ignore[ \t]*=")
_ID = regex(r"[A-Z]+[0-9]+")
_OWN_IDS = regex(r"[\w, \t]+")
_CHECK = regex(r"check\s*=\s*(\S+)", re.IGNORECASE)


@record
class Pragmas:
    """Ids that are silent everywhere, and per stretch of lines (first, last)."""

    everywhere: frozenset[str] = frozenset()
    local: tuple[tuple[int, int, frozenset[str]], ...] = ()

    def silence(self, finding: Finding) -> bool:
        """Return whether a comment of the file switches this finding off."""
        ids = set(finding.ids)
        if ids & self.everywhere:
            return True
        line = finding.span.start.line
        return any(first <= line <= last and ids & silent for first, last, silent in self.local)


def read(dockerfile: Dockerfile) -> Pragmas:
    """Return what the file's comments and its `check` directive switch off."""
    everywhere: set[str] = set()
    local: list[tuple[int, int, frozenset[str]]] = []
    for directive in dockerfile.directives:
        if directive.name == "check":
            everywhere |= _causes(_skipped(directive.value))
    for comment in dockerfile.comments:
        ids, for_all = _ids(comment)
        if for_all:
            everywhere |= ids
        elif ids and (target := _target(dockerfile.instructions, comment)):
            first = min(target.span.start.line, comment.span.start.line)
            local.append((first, target.span.end.line, ids))
    return Pragmas(frozenset(everywhere), tuple(local))


@record
class Pragma:
    """One comment that switches rules off: who reads it, where it holds, and why (may be empty)."""

    tool: str
    everywhere: bool
    ids: tuple[str, ...]
    reason: str


def pragma(comment: str) -> Pragma | None:
    """Read a comment's text (without its `#`), None for one that switches nothing off.

    dockgen's ids end at `--` or `#`. hadolint reads small letters, commas between ids and `# reason` only:
    what it does not understand silences nothing here either.
    """
    text = comment.strip()
    head = _HEAD.match(text)
    if head is None:
        return None
    tool, rest = head[1].lower(), text[head.end() :]
    marks = ("--", "#") if tool == "dockgen" else ("#",)
    end = min((at for at in map(rest.find, marks) if at >= 0), default=len(rest))
    ids, reason = rest[:end].strip(), rest[end:].strip("#- \t")
    found = tuple(one for one in re.split(r"[,\s]+", ids) if one)
    if tool == "hadolint":
        found = tuple(one.strip() for one in ids.split(","))
        if not _SPELLED.match(text) or not all(map(_ID.fullmatch, found)):
            return None
    elif not _OWN_IDS.fullmatch(ids):
        return None
    return Pragma(tool, head[2] is not None, found, reason)


def _ids(comment: Comment) -> tuple[frozenset[str], bool]:
    text = comment.text.strip()
    if said := pragma(text):
        return _causes(said.ids), said.everywhere
    if match := _CHECK.match(text):
        return _causes(_skipped(match[1])), False
    return frozenset(), False


def _skipped(value: str) -> list[str]:
    """Return the names after `skip=`; `all` names BuildKit's own checks, which read it themselves."""
    parts = (part.partition("=") for part in value.split(" ")[0].split(";"))
    names = [setting.split(",") for key, _, setting in parts if key.strip() == "skip"]
    return [name.strip() for group in names for name in group if name.strip() != "all"]


def _causes(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(cause for rule_id in ids if rule_id for cause in same_cause(rule_id))


def _target(instructions: Iterable[Instruction], comment: Comment) -> Instruction | None:
    """Return the instruction around the comment or else the next one."""
    line = comment.span.start.line
    return next((i for i in instructions if i.span.end.line >= line), None)
