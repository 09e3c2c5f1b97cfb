"""Findings as SARIF 2.1.0, which code scanning services read.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dockgen import __version__
from dockgen.dockerfile.model import Span
from dockgen.lint import pages
from dockgen.lint.model import Finding, Fix, Severity
from dockgen.report.fingerprint import fingerprinted

if TYPE_CHECKING:
    from dockgen.lint.reports import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def render(reports: Sequence[Report]) -> str:
    """Return one SARIF log with one run."""
    ids = list(dict.fromkeys(f.ids[0] for report in reports for f in report.findings))
    number = {rule_id: at for at, rule_id in enumerate(ids)}
    results = [
        _result(finding, digest, number) for report in reports for finding, digest in fingerprinted(report)
    ]
    driver = {
        "name": "dockgen",
        "semanticVersion": __version__,
        "informationUri": "https://pypi.org/project/dockgen/",
        "rules": [_rule(rule_id) for rule_id in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(reports)],
        "artifacts": [{"location": _location(report.path)} for report in reports],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule_id: str) -> dict[str, Any]:
    page = pages.page(rule_id)
    first, _, rest = page.partition("\n")
    rule: dict[str, Any] = {
        "id": rule_id,
        "shortDescription": {"text": first.removeprefix(f"{rule_id}: ").strip() or rule_id},
        "help": {"text": (rest.strip() or first), "markdown": page},
    }
    address = pages.address(rule_id)
    return {**rule, "helpUri": address} if address else rule


def _result(finding: Finding, digest: str, number: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.ids[0],
        "ruleIndex": number[finding.ids[0]],
        "level": _LEVELS.get(finding.severity, "note"),
        "message": {"text": finding.message + (f"\n{finding.mend}" if finding.mend else "")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _location(finding.path),
                    "region": _region(finding.span),
                }
            }
        ],
        "partialFingerprints": {"dockgen/v1": digest},
        "properties": {
            "ids": list(finding.ids),
            "confidence": finding.confidence.value,
            **({"practice": finding.practice} if finding.practice else {}),
        },
    }
    return {**result, "fixes": [_fix(finding.fix, finding.path)]} if finding.fix else result


def _fix(fix: Fix, own_path: str) -> dict[str, Any]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        by_path.setdefault(edit.path or own_path, []).append(replacement)
    changes = [
        {"artifactLocation": _location(path), "replacements": replacements}
        for path, replacements in by_path.items()
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _location(path: str) -> dict[str, Any]:
    """A path as a URI: relative ones stay so, to be resolved against the repository's root."""
    return {"uri": Path(path).as_uri() if Path(path).is_absolute() else quote(path.replace("\\", "/"))}


def _invocation(reports: Sequence[Report]) -> dict[str, Any]:
    notes: Iterable[str] = dict.fromkeys(note for report in reports for note in report.notes)
    notifications = [{"level": "warning", "message": {"text": note}} for note in notes]
    return {"executionSuccessful": True, "toolExecutionNotifications": notifications}
