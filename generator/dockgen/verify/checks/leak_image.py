"""No canary is in any layer (deleted files too), nor in the config, history, labels or environment."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

LAYERS = Check("leak-layers", 5)
CONFIG = Check("leak-config", 5)
CHECKS = (LAYERS, CONFIG)
ORDER = 10
SHOWN = 20


def run(session: Session) -> list[CheckResult]:
    """Search the image's layers, and its manifest and config."""
    image = session.main.image
    faults = [
        one_line(f"{found}, layer {number + 1} of {len(image.layers)} ({layer.digest[7:19]})")
        for number, (layer, content) in enumerate(zip(image.layers, session.layers, strict=True))
        for found in dict.fromkeys(content.found)
    ]
    names = [
        one_line(f"{hit} in {place}")
        for place, raw in image.raw.items()
        for hit in session.haystack.search(raw)
    ]
    return [
        _layers(session, faults),
        CONFIG.judged(
            names, "a secret is in the image's config", "no canary in config, history, labels, environment"
        ),
    ]


def _layers(session: Session, faults: list[str]) -> CheckResult:
    if faults:
        return LAYERS.failed("a secret is in the image's layers", *faults)
    # What the base image brings is older than the canaries.
    unopened = [path for content in session.layers[session.base_layers :] for path in content.unopened]
    large = [one_line(f"too large to be unpacked as a whole: {path}") for path in unopened[:SHOWN]]
    return LAYERS.passed(f"none of {len(session.canaries)} canaries in any layer", *large)
