"""hadolint's reports as findings at the lines of the file as it was written."""

from __future__ import annotations

from dockgen.dockerfile.model import Dockerfile, Position, Span
from dockgen.lint import notices
from dockgen.lint.hadolint import Failure, Outcome, Raw
from dockgen.lint.hadolint_rewrite import Readable
from dockgen.lint.model import Finding, Severity

_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "style": Severity.STYLE,
}


def findings_of(outcome: Outcome, dockerfile: Dockerfile, text: Readable) -> list[Finding]:
    """Return the findings; a text that hadolint could not judge gives one that says so."""
    if isinstance(outcome, Failure):
        # Where BuildKit refuses the file too, that is said already.
        return [] if dockerfile.problems else [notices.hadolint_blind(outcome.reason, notices.head())]
    return [_finding(raw, dockerfile, text.line(raw.line)) for raw in outcome]


def _finding(raw: Raw, dockerfile: Dockerfile, line: int) -> Finding:
    return Finding(
        ids=(raw.code,),
        severity=_SEVERITIES.get(raw.level, Severity.INFO),
        message=" ".join(raw.message.split()),
        span=_first_line(dockerfile, line),
    )


def _first_line(dockerfile: Dockerfile, line: int) -> Span:
    """hadolint names lines only: underline what stands on it, without the continuation mark."""
    lines = dockerfile.source.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    shown = written.rstrip().removesuffix(dockerfile.escape).rstrip()
    start = len(written) - len(written.lstrip()) + 1
    return Span(Position(line, start), Position(line, max(start, len(shown) + 1)))
