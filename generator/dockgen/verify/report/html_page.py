"""The evidence as one self-contained HTML page: no script, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

from dockgen.counting import counted
from dockgen.verify.model import PRACTICES, Evidence, Measures, Status, Step
from dockgen.verify.safe_text import clean, one_line

TEMPLATE = "page.html.j2"
SHORTEST_SHOWN = 0.05
"""Steps of the build that took less than this many seconds are left out of the timeline."""
# What each step has and no step is told by; the full text stays in the tooltip.
_NOISE = re.compile(r"--(?:mount|network|chmod)=\S+\s+|/bin/sh -c |\s*# buildkit$")


def html_report(evidence: Evidence) -> str:
    """Return the page; all that engines and images wrote is cleaned and escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clean": clean,
        "line": one_line,
        "short": short,
        "counted": counted,
        "megabytes": lambda size: f"{size / 1e6:.2f}",
    }
    counts = {status.value: sum(r.status is status for r in evidence.results) for status in Status}
    return environment.get_template(TEMPLATE).render(
        evidence=evidence,
        measures=evidence.measures,
        practices=[
            (n, PRACTICES[n], evidence.practice_status(n).value) for n in [*range(1, len(PRACTICES)), 0]
        ],
        counts={name: count for name, count in counts.items() if count},
        largest=max((layer.unpacked for layer in evidence.measures.layers), default=1) or 1,
        timeline=timeline(evidence.measures),
    )


def short(step: str) -> str:
    """Return what a step does, in one line: without its mounts and what the engine adds."""
    return one_line(_NOISE.sub("", " ".join(step.split())))


def timeline(measures: Measures) -> list[tuple[Step, float, float]]:
    """Return the steps worth seeing, each with start and width in percent of the build's time."""
    total = max((step.end for step in measures.steps), default=0) or 1
    shown = [step for step in measures.steps if step.end - step.start >= SHORTEST_SHOWN]
    return [
        (step, 100 * step.start / total, max(0.4, 100 * (step.end - step.start) / total)) for step in shown
    ]
