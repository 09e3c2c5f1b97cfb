"""The evidence as text: practices, checks with their evidence, sizes."""

from __future__ import annotations

from dockgen.verify.model import PRACTICES, CheckResult, Evidence, LayerSize, Status
from dockgen.verify.safe_text import clean, one_line

MARKS = {Status.PASSED: "ok  ", Status.FAILED: "FAIL", Status.SKIPPED: "skip", Status.REPORTED: "info"}
BAR = 30


def text_report(evidence: Evidence, *, verbose: bool = False) -> str:
    """Return the whole report; evidence of passed checks only if `verbose`."""
    lines = [f"{one_line(evidence.target)} with {one_line(evidence.engine)}", ""]
    for number in [*range(1, len(PRACTICES)), 0]:
        results = evidence.of_practice(number)
        title = PRACTICES[number] if number else PRACTICES[0].capitalize()
        head = f"{number:2} {title}" if number else f"   {title}"
        lines.append(f"{MARKS[evidence.practice_status(number)]} {head}")
        lines += [line for result in results for line in _result(result, verbose)]
    lines += ["", *_layers(evidence.measures.layers), _summary(evidence)]
    return clean("\n".join(lines)) + "\n"


def _result(result: CheckResult, verbose: bool) -> list[str]:
    shown = verbose or result.status is Status.FAILED
    evidence = [f"             {line}" for line in result.evidence] if shown else []
    return [f"       {MARKS[result.status]} {result.id}: {result.message}", *evidence]


def _layers(layers: tuple[LayerSize, ...]) -> list[str]:
    most = max((layer.unpacked for layer in layers), default=0) or 1
    return [
        f"{'▇' * max(1, round(BAR * layer.unpacked / most)):<{BAR}} {layer.unpacked / 1e6:8.2f} MB  "
        f"{'base  ' if layer.from_base else ''}{one_line(layer.made_by, 70)}"
        for layer in layers
    ]


def _summary(evidence: Evidence) -> str:
    counts = {status: sum(r.status is status for r in evidence.results) for status in Status}
    words = [f"{count} {status.value}" for status, count in counts.items() if count]
    return ", ".join(words)
