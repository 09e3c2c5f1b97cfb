"""What the engine itself has to say: about files it cannot read and rules that failed."""

from __future__ import annotations

from dockgen.dockerfile.model import Dockerfile, Position, Span
from dockgen.lint.model import Confidence, Finding, Severity
from dockgen.regexes import regex

SYNTAX = "DG0001"
INTERNAL = "DG0002"
UNREADABLE = "DG0003"
HADOLINT_BLIND = "DL1000"
# BuildKit's own front end, from Docker Hub or a copy of it.
_OWN_FRONT_END = regex(r"(?:^|/)dockerfile(?:-upstream)?(?:[:@]|\s|$)")
# What ERB, Jinja or Go's templates put an image's name in by: no Dockerfile yet, but what makes several.
_TEMPLATED = regex(r"<%|\{\{|\{%")
# No image's name has capitals: a script puts one in place of the word.
_TO_REPLACE = regex(r"[A-Z][A-Z_]{3,40}")
# Folders of pieces that a script of the project's puts together.
_PIECES = regex(r"(?i)(?:^|/)(?:templates?|partials?|fragments?|snippets|includes?|parts)/")
# The builder stops at the first one.
_MOST_PROBLEMS = 3

PAGES = {
    SYNTAX: """DG0001: the builder refuses this file.

Why: BuildKit stops at this line, so no image comes out of this file.
The other rules see the instructions that could be read.

When it is fine: another front end (`# syntax=`) or a template's engine reads the file. Where `# syntax=` or a
placeholder behind FROM (`<%`, `{{`, `{%`) says so, nothing is told; nor of a piece without FROM in a folder
of pieces (`templates/`, `partials/`, `fragments/` …).

References: https://docs.docker.com/reference/dockerfile/
""",
    INTERNAL: """DG0002: a rule failed on this file.

Why: a rule of dockgen's met something that its author did not think of. The other rules ran.
The message names the rule; its findings on this file are missing.

When it is fine: never. Please report it with the Dockerfile; until then, ignore the rule that is named.
""",
    UNREADABLE: """DG0003: the file could not be linted.

Why: it is too large, is not a file, or may not be read. Nothing is known about it.
""",
}


def head() -> Span:
    """The very start of a file, for findings that belong to no line."""
    return Span(Position(1, 1), Position(1, 1))


def syntax_problems(dockerfile: Dockerfile) -> list[Finding]:
    """Return what BuildKit's parser would refuse; of a text that is no Dockerfile only the beginning.

    What another front end (`# syntax=`) or a template's engine makes of the file is not known here.
    """
    if any(one.name == "syntax" and not _OWN_FRONT_END.search(one.value) for one in dockerfile.directives):
        return []
    if any(
        one.keyword == "FROM" and (_TEMPLATED.search(one.text) or _TO_REPLACE.fullmatch(one.text))
        for one in dockerfile.instructions
    ):
        return []
    # A piece of a Dockerfile, whose FROM another piece has.
    if _PIECES.search(dockerfile.path) and not any(one.keyword == "FROM" for one in dockerfile.instructions):
        return []
    return [
        Finding((SYNTAX,), Severity.ERROR, problem.message, problem.span)
        for problem in dockerfile.problems[:_MOST_PROBLEMS]
    ]


def internal(rule_id: str, error: BaseException) -> Finding:
    """Return the finding that stands for a rule that raised."""
    reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return Finding(
        (INTERNAL,),
        Severity.WARNING,
        f"the rule {rule_id} failed on this file ({reason})",
        head(),
        mend=f"please report this with the file; --ignore {rule_id} leaves the rule out",
    )


def unreadable(path: str, reason: str) -> Finding:
    """Return the finding for a file that could not be linted at all."""
    return Finding((UNREADABLE,), Severity.ERROR, f"this file was not linted: {reason}", head(), path=path)


def hadolint_blind(reason: str, span: Span) -> Finding:
    """Return the finding that says that hadolint's rules did not run on a file."""
    return Finding(
        (HADOLINT_BLIND,),
        Severity.INFO,
        f"hadolint {reason}, so its DL and ShellCheck rules did not run on this file; all others did",
        span,
        confidence=Confidence.HIGH,
    )
