"""The evidence as JSON, for programs; the shape is `version` 1."""

from __future__ import annotations

import dataclasses
import json

from dockgen.verify.model import PRACTICES, Evidence


def json_report(evidence: Evidence) -> str:
    """Return the evidence as a JSON object; sizes in bytes, times in seconds."""
    practices = [
        {"number": number, "name": name, "status": evidence.practice_status(number).value}
        for number, name in PRACTICES.items()
        if number
    ]
    results = [{**dataclasses.asdict(result), "status": result.status.value} for result in evidence.results]
    measures = dataclasses.asdict(evidence.measures)
    measures |= {"compressed": evidence.measures.compressed, "unpacked": evidence.measures.unpacked}
    content = {
        "version": 1,
        "target": evidence.target,
        "engine": evidence.engine,
        "failed": len(evidence.failed),
        "practices": practices,
        "results": results,
        "measures": measures,
    }
    return json.dumps(content, indent=2, ensure_ascii=True) + "\n"
