"""`dockgen new --each --json`."""

from __future__ import annotations

import json

from dockgen.report.setup_json import node_of
from dockgen.setup.each import EachOutcome


def as_json(outcome: EachOutcome) -> str:
    """Return what came of each app, as `dockgen new --json` tells it of one, and what was not taken."""
    node = {
        "written": outcome.written,
        "apps": [{"path": app.path, "recognised": app.says, **node_of(one)} for app, one in outcome.apps],
        "open": [{"path": app.path, "message": app.why, "ways": list(app.ways)} for app in outcome.left],
        "libraries": list(outcome.found.libraries),
        "aside": list(outcome.found.aside),
        "complete": not (outcome.found.more or outcome.found.truncated),
    }
    return json.dumps(node, indent=2)
