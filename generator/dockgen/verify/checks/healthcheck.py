"""HEALTHCHECK turns healthy, also where a proxy is set: probes must not go through it."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.oci import listing, mapping
from dockgen.verify.running import Variation, start, wait_for_health
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

HEALTHY = Check("healthy", 0)
PROXY = Check("healthy-behind-proxy", 0)
CHECKS = (HEALTHY, PROXY)
ORDER = 42
LIMIT = 45
# TEST-NET-1 (RFC 5737): an address where nothing answers.
_PROXY = "http://192.0.2.1:9"
PROXIES = {
    name: _PROXY for upper in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY") for name in (upper, upper.lower())
}


def run(session: Session) -> list[CheckResult]:
    """Wait for the verdict twice, the second time with proxy variables."""
    test = [
        str(word) for word in listing(mapping(session.main.image.settings.get("Healthcheck")).get("Test"))
    ]
    if not test or test == ["NONE"]:
        return [_without(session), PROXY.skipped("there is no HEALTHCHECK")]
    if session.start.error:
        return [check.skipped("the container does not start hardened") for check in CHECKS]
    plain = _healthy(session, HEALTHY, "health", Variation(quick_health=True))
    if plain.status.value == "failed":
        return [plain, PROXY.skipped("not healthy without a proxy either")]
    return [plain, _healthy(session, PROXY, "proxy", Variation(quick_health=True, environment=PROXIES))]


def _without(session: Session) -> CheckResult:
    if not session.engine.keeps_healthcheck:
        return HEALTHY.skipped(f"{session.engine.name} keeps no HEALTHCHECK")
    if session.target.contract.worker:
        return HEALTHY.skipped("a worker has no HEALTHCHECK")
    return HEALTHY.failed("the image has no HEALTHCHECK")


def _healthy(session: Session, check: Check, name: str, variation: Variation) -> CheckResult:
    begun = start(session, name, variation)
    if begun.error:
        return check.failed(f"does not start: {one_line(begun.error)}", *map(one_line, begun.output))
    state = wait_for_health(session, begun.container, LIMIT)
    if state.health != "healthy":
        return check.failed(f"HEALTHCHECK says {state.health or 'nothing'}", one_line(state.health_log))
    return check.passed(
        "HEALTHCHECK turns healthy" + (f" with HTTP_PROXY={_PROXY}" if variation.environment else "")
    )
