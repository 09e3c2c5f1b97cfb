"""Julia: the manifest is held, packages are compiled without the network, and what is missing is told."""

from pathlib import Path

import pytest

from unit.stacks.changed_cases import changed_case

OXYGEN = "julia/oxygen-git"
GENIE = "julia/genie-app"
PACKAGE = "julia/http-package"


def test_the_manifest_is_held_and_nothing_is_built_while_it_is_fetched(tmp_path: Path) -> None:
    text = changed_case(tmp_path, OXYGEN, {}).files["Dockerfile"]
    fetch, compiling = text.split("Pkg.build()")[:2]
    assert "Pkg.instantiate(; manifest = true, allow_build = false, allow_autoprecomp = false)" in fetch
    assert "type=ssh" in fetch
    assert "type=ssh" not in compiling
    assert fetch.rindex("RUN --network=none") > fetch.rindex("type=ssh")


def test_git_itself_is_called_only_where_credentials_are(tmp_path: Path) -> None:
    assert "JULIA_PKG_USE_CLI_GIT=true" in changed_case(tmp_path / "a", OXYGEN, {}).files["Dockerfile"]
    assert "JULIA_PKG_USE_CLI_GIT" not in changed_case(tmp_path / "b", GENIE, {}).files["Dockerfile"]


def test_a_package_is_stood_in_for_until_its_source_is_there(tmp_path: Path) -> None:
    text = changed_case(tmp_path, PACKAGE, {}).files["Dockerfile"]
    stand_in = text.index("echo 'module Windmill end' >src/Windmill.jl")
    assert stand_in < text.index("rm -r src") < text.index(" src/ src/\n") < text.rindex("Pkg.precompile()")
    assert text.index(" Rotor/ Rotor/\n") < stand_in


def test_nothing_is_compiled_where_the_image_runs(tmp_path: Path) -> None:
    made = changed_case(tmp_path, GENIE, {})
    assert "JULIA_CPU_TARGET=generic" in made.files["Dockerfile"]
    assert "--compiled-modules=existing" in made.plan.entrypoint
    assert {entry.path for entry in made.plan.writable} == {"/tmp", "/app/log"}


TOLD = {
    "no manifest": ("julia/worker-no-manifest", {}, "There is no Manifest.toml", True),
    "outside": (
        OXYGEN,
        {"Project.toml": '[deps]\n[sources]\nA = {path = "../A"}\n'},
        "this folder: ../A",
        True,
    ),
    "older": (PACKAGE, {}, "one of Julia 1.10", False),
    "local": (OXYGEN, {"server.jl": "using Oxygen\nserve()\n"}, "the local address alone", False),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    case, files, message, strict = TOLD[name]
    made = changed_case(tmp_path, case, files, "program=server.jl" if case == OXYGEN else "threads=2")
    assert any(message in notice.message and notice.strict is strict for notice in made.notices)
