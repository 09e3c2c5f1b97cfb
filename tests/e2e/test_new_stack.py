"""The stack of docs/new-stack.md, which lives outside the package, is built and run."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dockgen.setup.new import Request, create
from e2e.running_cases import NAME, Container, Written
from e2e.test_cases_run import asked, docker, healthy, state

EXAMPLE = Path(__file__).parents[2] / "examples" / "lua"


@pytest.fixture
def container(engine: object) -> Iterator[Container]:
    assert engine
    container = Container()
    yield container
    container.remove()


def test_a_stack_of_another_folder_is_built_and_runs(tmp_path: Path, container: Container) -> None:
    case = EXAMPLE / "tests" / "tides"
    project = Path(shutil.copytree(case / "project", tmp_path / "tides"))
    request = Request(
        path=project,
        today=datetime.date(2026, 11, 1),
        yes=True,
        flags=(f"name={NAME}",),
        stacks=(EXAMPLE / "stacks",),
        templates=(EXAMPLE / "templates",),
    )
    outcome = create(request)
    plan = outcome.generated.plan
    container.build(Written(project, project, plan))
    container.start(plan)
    assert healthy(container.name), docker("logs", container.name)
    wanted = yaml.safe_load((case / "run.yaml").read_text())
    port = int(docker("port", container.name, str(plan.port)).split()[0].rpartition(":")[2])
    assert wanted["contains"] in asked(port, wanted["get"], "").decode()
    docker("stop", container.name)
    assert state(container.name)["ExitCode"] in (0, 143)
