"""dockle, where it is installed.

Source of its report's shape: https://github.com/goodwithtech/dockle/blob/master/pkg/report/json.go
"""

from __future__ import annotations

import json

from dockgen.errors import EngineError
from dockgen.verify.engine.process import call
from dockgen.verify.oci import listing, mapping
from dockgen.verify.safe_text import one_line

SERIOUS = ("FATAL", "WARN")
SHOWN = 40


def run_dockle(image: str) -> list[str]:
    """Return `point: title` of dockle's fatal findings and warnings, at most SHOWN of them and a count.

    Raises EngineError where it cannot run, takes too long, or answers something else than its report.
    """
    done = call(["dockle", "--format", "json", "--exit-code", "0", image], limit=300)
    try:
        report = mapping(json.loads(done.stdout))
    except (ValueError, RecursionError) as error:
        raise EngineError(f"dockle failed: {one_line(done.words) or 'it wrote no JSON'}") from error
    summary = mapping(report.get("summary"))
    counts = [summary.get(level.lower()) for level in SERIOUS]
    if not all(isinstance(count, int) for count in counts):
        raise EngineError("dockle wrote JSON that is not its report: there is no summary")
    rows = [mapping(row) for row in listing(report.get("details"))]
    found = [
        one_line(f"{row.get('code')}: {row.get('title')}") for row in rows if str(row.get("level")) in SERIOUS
    ]
    missing = sum(count for count in counts if isinstance(count, int)) - len(found)
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return [
        *found[:SHOWN],
        *more,
        *([f"{missing} more that it counts but does not name"] if missing > 0 else []),
    ]
