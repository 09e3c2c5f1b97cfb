"""dockle, where it is installed."""

from __future__ import annotations

import json

from dockgen.errors import EngineError
from dockgen.verify.engine.process import call
from dockgen.verify.oci import listing, mapping
from dockgen.verify.safe_text import one_line

SERIOUS = {"FATAL", "WARN"}


def run_dockle(image: str) -> list[str]:
    """Return `point: title` of dockle's fatal findings and warnings; EngineError where it cannot run."""
    done = call(["dockle", "--format", "json", "--exit-code", "0", image], limit=300)
    try:
        report = json.loads(done.stdout)
    except (ValueError, RecursionError) as error:
        raise EngineError(f"dockle failed: {one_line(done.words)}") from error
    rows = [mapping(row) for row in listing(mapping(report).get("details"))]
    return [one_line(f"{row.get('code')}: {row.get('title')}") for row in rows if row.get("level") in SERIOUS]
