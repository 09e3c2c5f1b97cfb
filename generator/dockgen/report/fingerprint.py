"""What makes a finding the same one in the next commit, although its line has moved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockgen.lint.model import Finding

if TYPE_CHECKING:
    from dockgen.lint.reports import Report


def fingerprinted(report: Report) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with a digest of path, id, the line's text and the number of its like before it."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in report.findings:
        line = finding.span.start.line
        inside = finding.path == report.path and line <= len(report.lines)
        key = (finding.path, finding.ids[0], report.lines[line - 1].strip() if inside else finding.message)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield finding, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
