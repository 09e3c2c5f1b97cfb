"""What the comments at the head of a Dockerfile say of the whole image: that it is for work on the project.

They count where they say it of the image itself. Of dependencies, users or servers in it, they mean the
opposite: that these are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.regexes import regex

_LONGEST = 400
_END = regex(r"[.?!]\)?(?:\s+|$)|\n\W*\n")
_THINGS = (
    r"(?:this|these|it|images?|dockerfile|containerfile|containers?|setup|stack|build|variant|version|demo|"
    r"example|sample)"
)
# Where a clause begins: what follows has no subject of its own.
_BEGINS = r"(?:^|[,;:(!]|\s-{1,3}\s|[\u2013\u2014]|\b(?:and|but|so|please|note|warning)\s)\W*"
_SAYS = (
    rf"(?i)(?:{_BEGINS}|\b{_THINGS}\s+)(?:(?:is|are|do|does|should|must|can|may|will|be|only|just|really|"
    r"strictly|purely|made|built|meant|intended|designed|provided|used?|supposed|to)\s+){0,6}"
)
_NOT = r"(?:not|never|cannot|(?:is|are|do|does|should|must)n.?t)\s+"
_USE = (
    r"(?:be|to|yet|really|as|is|this|it|the|an?|any|your|image|dockerfile|container|recommended|intended|meant|"
    r"suitable|suited|ready|designed|safe|secure|optimi[sz]ed|hardened|fit|supported|used?|run|deploy|deployed)"
)
_WORK_ONLY = r"(?:dev|development|e2e|tests?|testing|local)[ -]only\b"
_DISCLAIMS = (
    regex(
        rf"{_SAYS}{_NOT}(?:{_USE}\s+){{0,8}}(?:for|in)\s+(?:use\s+in\s+)?(?:an?\s+|any\s+|real\s+)?production\b"
    ),
    regex(
        rf"{_SAYS}(?:an?\s+)?(?:for\s+)?(?:local\s+|\w{{1,20}}/)?{_WORK_ONLY}"
        rf"(?=\W*$|[^\w\s]|\s+\W|\s+(?:and?|or|use|purposes?|{_THINGS})\b)"
    ),
    # A title, which has no verb: Postgres for development only.
    regex(
        r"(?i)^\W*(?:(?!(?:is|are|be|go|goes|stays?|comes?|remains?|needs?|needed)\b)\S{1,40}\s+){0,8}"
        r"for\s+(?:local\s+)?(?:development|testing)\s+only\W*$"
    ),
)
_TESTED = regex(r"(?i)^(?:(?:go|cargo|npm|yarn|mvn) test|pytest)\b")
# Where people end up in a shell and work there.
_SHELL = regex(
    r"(?i)\b(?:in|into|with|opens?|gets?|gives|starts?) (?:an? |you )?(?:\w{1,20} )?(?:shell|bash|prompt)\b"
    r"(?![ -](?:scripts?|less|form|mode|syntax)\b)"
)
_PEOPLE = regex(r"(?i)\b(?:you|users?|people|drops?|ends? up|opens?|gets?|gives)\b")
_INTERACTIVE = regex(r"(?i)\binteractive (?:shell|session|use)\b")
# The contrary, or how to look into an image that starts something else.
_DENIES = regex(
    r"(?i)\b(?:no|not|never|without|cannot|can.t|impossible|disabled?|removed?|avoids?|debug\w{0,4}|exec)\b|"
    r"--entrypoint\b"
)


def is_for_work(dockerfile: Dockerfile) -> bool:
    """Return whether the head says that the image is not for production, or that people get a shell in it."""
    lines = _head(dockerfile)
    return any(map(_TESTED.search, lines)) or any(map(_says_so, _sentences(lines)))


def _says_so(sentence: str) -> bool:
    return any(one.search(sentence) for one in _DISCLAIMS) or _promises_shell(sentence)


def _promises_shell(sentence: str) -> bool:
    if _DENIES.search(sentence):
        return False
    people = _SHELL.search(sentence) and _PEOPLE.search(sentence)
    return bool(people or _INTERACTIVE.search(sentence))


def _head(dockerfile: Dockerfile) -> list[str]:
    first = dockerfile.instructions[0].span.start.line if dockerfile.instructions else 0
    return [one.text.strip() for one in dockerfile.comments if one.span.start.line < first]


def _sentences(lines: list[str]) -> Iterator[str]:
    """Yield the sentences, which may go over several lines."""
    for sentence in _END.split("\n".join(lines)):
        yield " ".join(sentence[:_LONGEST].split())
