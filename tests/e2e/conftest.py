"""The engine at hand for all end-to-end tests, and a `verify` that keeps its evidence and log."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dockgen.errors import EngineError
from dockgen.verify.engine.finding import find_engine
from dockgen.verify.engine.model import Engine
from dockgen.verify.model import Evidence
from dockgen.verify.report.json_format import json_report
from dockgen.verify.runner import verify
from dockgen.verify.target import load_target
from e2e.engine_room import EngineRoom
from e2e.private_registry import PrivateRegistry
from e2e.refused_bases import skipped_where_refused
from e2e.standins.replacing import VARIABLE, replace

ROOM = EngineRoom()
LOGS = Path(__file__).parents[2] / ".cache" / "e2e"

Verifier = Callable[..., Evidence]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Hold the engine for each test, with room in its cache."""
    assert item
    with ROOM.test():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Skip, with the reason, a test whose base the engine's policy refuses."""
    assert item
    with skipped_where_refused():
        return (yield)


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The first engine that answers; without one the test is skipped with the reason."""
    try:
        return find_engine("docker")
    except EngineError as error:
        pytest.skip(error.message)


@pytest.fixture(scope="module")
def registry(engine: Engine) -> Iterator[PrivateRegistry]:
    """A private package index on the loopback; builds reach it by --network=host."""
    assert engine
    with PrivateRegistry() as running:
        yield running


@pytest.fixture
def sbom_scanner(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no registry can be reached, BuildKit's SBOM scanner is replaced by a small one."""
    assert engine
    policy = replace("docker.io/docker/buildkit-syft-scanner", "sbom-scanner", tmp_path)
    if policy:
        monkeypatch.setenv(VARIABLE, str(policy))


@pytest.fixture
def run_verify(engine: Engine, request: pytest.FixtureRequest) -> Verifier:
    """Return a function that verifies a project; evidence and log are kept in .cache/e2e."""

    def run(project: Path, **options: object) -> Evidence:
        LOGS.mkdir(parents=True, exist_ok=True)
        name = "".join(c if c.isalnum() or c in "-_" else "_" for c in request.node.name)
        only = options.pop("only", ())
        with (LOGS / f"{name}.log").open("w", encoding="utf-8") as log, contextlib.redirect_stdout(log):
            target = load_target(project, **options)  # type: ignore[arg-type]
            evidence = verify(target, engine, say=lambda line: print(line, file=log, flush=True), only=only)  # type: ignore[arg-type]
        (LOGS / f"{name}.json").write_text(json_report(evidence), encoding="utf-8")
        return evidence

    return run
