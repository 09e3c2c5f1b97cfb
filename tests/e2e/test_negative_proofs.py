"""For each check something broken that it must find, and nothing else may be found.

That none of them lacks a case is seen without an engine, too: tests/unit/verify/test_verify_checks.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dockgen.verify.checks import all_checks
from dockgen.verify.model import Evidence, Status
from e2e.broken_cases import BrokenCase, broken_cases

FIRST_RUN = 40
"""The order of the first check that starts a container."""


def said(evidence: Evidence) -> dict[str, str]:
    """Return what each failed check says."""
    found: dict[str, str] = {}
    for result in evidence.failed:
        found[result.id] = "\n".join([found.get(result.id, ""), result.message, *result.evidence])
    return found


@pytest.mark.usefixtures("sbom_scanner")
def test_the_good_project_keeps_all_its_promises(run_verify: Callable[..., Evidence], tmp_path: Path) -> None:
    evidence = run_verify(BrokenCase("good", {}).write(tmp_path / "probe"))
    assert said(evidence) == {}
    # These two need something of the build or the engine, and say so instead where it is missing.
    status = {result.id: result.status for result in evidence.results}
    assert (status["leak-provenance"], status["leak-sbom"]) == (Status.PASSED, Status.PASSED)


def checks_for(case: BrokenCase) -> list[str]:
    """All checks; for a fault that the image alone shows, no containers and no further builds."""
    modules = all_checks()
    on_image = [check.id for module in modules if module.order < FIRST_RUN for check in module.checks]
    return on_image if case.fails.keys() <= set(on_image) else []


@pytest.mark.parametrize("case", broken_cases(), ids=lambda case: case.name)
def test_what_is_broken_is_found(
    case: BrokenCase, run_verify: Callable[..., Evidence], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if case.sbom:
        request.getfixturevalue("sbom_scanner")
    found = said(run_verify(case.write(tmp_path / "probe"), only=checks_for(case)))
    assert found.keys() == case.fails.keys(), found
    for check, reason in [*case.fails.items(), *case.also.items()]:
        assert reason in found[check]
