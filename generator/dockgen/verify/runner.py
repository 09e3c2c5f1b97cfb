"""`verify`: every check on one target, with everything removed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection

from dockgen.errors import EngineError
from dockgen.verify.checks import CheckModule, all_checks
from dockgen.verify.engine.model import Engine
from dockgen.verify.model import Check, CheckResult, Evidence, Measures
from dockgen.verify.redacting import redactor_of
from dockgen.verify.session import Session
from dockgen.verify.target import Target

CLEANUP = Check("everything-removed", 0)
NEWER = "update podman and buildah, or build with Docker (--engine docker)"
NEEDS_NO_IMAGE = {"build", "build_check"}


def verify(
    target: Target,
    engine: Engine,
    *,
    say: Callable[[str], None] = lambda _: None,
    only: Collection[str] = (),
) -> Evidence:
    """Build and run the target's image and prove its promises one by one.

    `only` are ids of checks; empty means all. Raises EngineError where the engine cannot be called at all
    or is too old for the Dockerfile, and ProjectError where the context cannot be copied. Everything started
    is removed on every way out. The secrets that the user gave are in nothing that is told or returned.
    """
    described = engine.describe()
    lacks = engine.lacks(target.dockerfile)
    if lacks:
        raise EngineError(f"{engine.name} is too old: {'; '.join(lacks)}", NEWER)
    redactor = redactor_of(target)
    session = Session(target, engine, lambda text: say(redactor.text(text)))
    try:
        evidence = _evidence(session, described, only)
    except EngineError as error:
        raise EngineError(redactor.text(error.message), redactor.text(error.hint)) from None
    return redactor.evidence(evidence)


def _evidence(session: Session, described: str, only: Collection[str]) -> Evidence:
    results: list[CheckResult] = []
    with session:
        for module in all_checks():
            if not only or any(check.id in only for check in module.checks):
                results += _run(module, session)
        built = session.main.outcome.succeeded
        measures = session.measures if built else Measures(steps=session.main.outcome.log.steps())
    results.append(
        CLEANUP.judged(session.left_behind, "could not be removed", "nothing is left on the engine")
    )
    wanted = [result for result in results if not only or result.id in only]
    return Evidence(str(session.target.path), described, tuple(wanted), measures)


def _run(module: CheckModule, session: Session) -> list[CheckResult]:
    if module.name not in NEEDS_NO_IMAGE and not session.main.outcome.succeeded:
        return [check.skipped("the build fails") for check in module.checks]
    for check in module.checks:
        session.say(f"check: {check.id}")
    try:
        return module.run(session)
    except EngineError as error:
        # One probe that the engine breaks must not hide what the others found.
        return [check.failed(f"cannot be checked: {error.message}") for check in module.checks]
