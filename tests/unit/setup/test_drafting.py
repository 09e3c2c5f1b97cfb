"""The draft: the same from another process, and honest about a linter that is missing."""

from __future__ import annotations

import datetime
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dockgen import ahead
from dockgen.lint import hadolint_binary
from dockgen.lint.practice import Status
from dockgen.setup import draft
from dockgen.setup.draft import Draft, Order
from dockgen.setup.new import Request, create

CASES = Path(__file__).parents[2] / "stacks"
TODAY = datetime.date(2026, 11, 20)


def _project(tmp_path: Path, case: str) -> Path:
    return Path(shutil.copytree(CASES / case / "project", tmp_path / "project"))


@pytest.mark.parametrize("case", ["go/api", "node/express-npm", "python/django-poetry-static"])
def test_orders_and_drafts_travel_unchanged(case: str, tmp_path: Path) -> None:
    seen: list[Draft] = []

    def travelling(order: Order) -> Draft:
        there = pickle.loads(pickle.dumps(order))
        assert there == order
        seen.append(draft.load_whole()(there))
        return pickle.loads(pickle.dumps(seen[0]))  # type: ignore[no-any-return]

    request = Request(_project(tmp_path, case), TODAY, yes=True, write=False)
    outcome, direct = create(request, drafter=travelling), create(request)
    assert dict(outcome.generated.files) == dict(direct.generated.files)
    assert outcome.generated.scorecard == direct.generated.scorecard
    assert outcome.generated.report == direct.generated.report


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no fork elsewhere")
@pytest.mark.parametrize("flags", [(), ("--set", "environment.API_TOKEN=x"), ("--set", "port=0")])
def test_the_command_says_the_same_either_way(flags: tuple[str, ...], tmp_path: Path) -> None:
    project = _project(tmp_path, "go/api")
    script = (
        "import sys; from dockgen import ahead; from dockgen.cli.main import run;"
        "ahead.pays = lambda: sys.argv[1] == 'fork'; sys.exit(run(sys.argv[2:]))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script, way, "new", "--yes", "--dry-run", str(project), *flags],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        for way in ("fork", "alone")
    ]
    assert (told[0].returncode, told[0].stdout, told[0].stderr) == (
        told[1].returncode,
        told[1].stdout,
        told[1].stderr,
    )


def test_what_no_linter_saw_is_not_said_to_be_linted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hadolint_binary, "find", lambda: None)
    outcome = create(Request(_project(tmp_path, "go/api"), TODAY, yes=True, write=False))
    assert outcome.generated.scorecard[9].status is Status.PARTLY


def test_the_command_uses_another_process_where_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(ahead, "pays", lambda: bool(asked.append(True)))
    from dockgen.cli.main import run

    assert run(["new", "--yes", "--dry-run", str(_project(tmp_path, "go/api"))]) == 0
    assert asked == [True]
