"""Haskell: the freeze file is held, libraries are built without the network; what does not fit is told."""

import datetime
from pathlib import Path

import pytest

from dockgen.setup.new import Request, create
from unit.stacks.changed_cases import CASES, changed_case

SCOTTY = "haskell/scotty-frozen"
SERVANT = "haskell/servant-packages-git"
FREEZE = (CASES / SCOTTY / "project" / "cabal.project.freeze").read_text()


def test_nothing_is_built_while_credentials_are_in_reach(tmp_path: Path) -> None:
    text = changed_case(tmp_path, SERVANT, {}).files["Dockerfile"]
    fetch, build = text.split("RUN --network=none cabal build --offline --only-dependencies exe:shipyard")
    assert "cabal build --only-download exe:shipyard" in fetch
    assert "type=ssh" in fetch
    assert "type=ssh" not in build
    assert build.index(" server/ server/") < build.index("cabal build --offline exe:shipyard")


def test_each_package_of_the_project_is_described_before_its_source_comes(tmp_path: Path) -> None:
    text = changed_case(tmp_path, SERVANT, {}).files["Dockerfile"]
    for path in ("api/shipyard-api.cabal", "server/shipyard-server.cabal"):
        assert f"source={path},target={path}" in text
        assert text.index(f"{path} {path.split('/')[0]}/") < text.index("--only-dependencies")


def test_a_program_is_stopped_by_what_it_tidies_up_at(tmp_path: Path) -> None:
    assert changed_case(tmp_path / "a", SCOTTY, {}).plan.stop_signal == "SIGINT"
    assert changed_case(tmp_path / "b", "haskell/warp-static-no-freeze", {}).plan.stop_signal == "SIGTERM"


def test_the_port_is_read_where_the_code_names_it(tmp_path: Path) -> None:
    plan = changed_case(tmp_path, SCOTTY, {}).plan
    assert plan.port == 3040
    assert plan.environment["PORT"] == "3040"


def test_c_libraries_follow_from_the_freeze_file(tmp_path: Path) -> None:
    plan = changed_case(tmp_path, SERVANT, {}).plan
    assert "libpq-dev" in plan.build_packages
    assert {"libpq5", "libgmp10", "libnuma1"} <= set(plan.runtime_packages)


def test_hpack_names_the_programs_where_it_alone_describes_them(tmp_path: Path) -> None:
    (tmp_path / "package.yaml").write_text(
        "dependencies:\n- base\nexecutables:\n  buoy:\n    main: Main.hs\n"
    )
    request = Request(tmp_path, datetime.date(2026, 11, 1), yes=True, write=False)
    made = create(request).generated
    assert made.plan.entrypoint == ("/app/buoy",)
    assert any("Hpack would make it of package.yaml" in notice.message for notice in made.notices)


TOLD = {
    "no freeze": ("haskell/warp-static-no-freeze", {}, "There is no cabal.project.freeze", True),
    "GHC": (
        SCOTTY,
        {"cabal.project.freeze": FREEZE.replace("4.22", "4.20")},
        "GHC than the image's 9.14",
        True,
    ),
    "with-compiler": (SCOTTY, {"cabal.project": "with-compiler: ghc-9.10.3\n"}, "(ghc 9.10)", True),
    "Stack": (
        "haskell/warp-static-no-freeze",
        {"stack.yaml": "snapshot: lts-24.11\n"},
        "Stack's snapshot",
        True,
    ),
    "a branch": (
        SERVANT,
        {"cabal.project": "packages: api/ server/\n  tag: main\n"},
        "can move: main",
        False,
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    case, files, message, strict = TOLD[name]
    made = changed_case(tmp_path, case, files)
    assert any(message in notice.message and notice.strict is strict for notice in made.notices)
