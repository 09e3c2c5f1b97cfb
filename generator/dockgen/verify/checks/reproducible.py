"""Two builds from one lock give the same image: required of static Go, reported for others."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.oci import Image
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import EPOCH, Session

REPRODUCIBLE = Check("reproducible", 3)
CHECKS = (REPRODUCIBLE,)
ORDER = 70


def run(session: Session) -> list[CheckResult]:
    """Build again from nothing, with caches of its own, and compare digests."""
    if not session.engine.reproducible:
        return [REPRODUCIBLE.skipped(f"{session.engine.name} cannot rewrite timestamps")]
    request = session.request(
        no_cache=True,
        archive=session.work / "again.tar",
        namespace=f"{session.namespace}-again" if session.namespace else "",
    )
    built = session.build(request, "building again, to compare")
    if not built.outcome.succeeded:
        return [REPRODUCIBLE.failed("the second build fails", one_line(built.outcome.error))]
    first, second = session.main.image, built.image
    session.new_bytes(second)  # the rebuild after a change may take its layers
    if first.digest == second.digest:
        return [REPRODUCIBLE.passed(f"twice {first.digest[:19]}, SOURCE_DATE_EPOCH={EPOCH}")]
    message = "two builds differ"
    lines = differences(first, second)
    static = session.target.contract.static
    return [REPRODUCIBLE.failed(message, *lines) if static else REPRODUCIBLE.reported(message, *lines)]


def differences(first: Image, second: Image) -> list[str]:
    """Return a line for each layer that differs, with what made it."""
    made = [str(entry.get("created_by", "")) for entry in first.history if not entry.get("empty_layer")]
    lines = []
    for number, layer in enumerate(first.layers):
        other = second.layers[number].digest if number < len(second.layers) else "missing"
        if layer.digest != other:
            by = made[number] if number < len(made) else "?"
            lines.append(one_line(f"layer {number + 1}: {layer.digest[7:19]} and {other[7:19]}, by {by}"))
    return lines or ["only the configs differ"]
