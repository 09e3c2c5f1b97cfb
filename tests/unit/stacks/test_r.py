"""R: a lock is installed without the network, Debian's packages by what the code names; the rest is told."""

import json
from pathlib import Path

import pytest

from unit.stacks.changed_cases import CASES, changed_case

LOCKED = "r/plumber-private"
DEBIAN = "r/plumber-debian"
LOCK = (CASES / LOCKED / "project" / "renv.lock").read_text()


def test_the_netrc_is_there_for_the_fetch_and_not_for_what_runs_code(tmp_path: Path) -> None:
    text = changed_case(tmp_path, LOCKED, {}).files["Dockerfile"]
    fetch = text.index(
        "/opt/fetch.R /var/cache/cran https://cran.fjord.example/internal https://cloud.r-project.org"
    )
    assert text.index("id=netrc") < fetch < text.index("R CMD INSTALL")
    assert text.count("id=netrc") == 1
    assert "RUN --network=none" in text[fetch : text.index("R CMD INSTALL")]


def test_public_repositories_ask_for_nothing(tmp_path: Path) -> None:
    assert changed_case(tmp_path, "r/shiny-renv", {}).plan.secrets == ()


@pytest.mark.parametrize(("version", "base"), [("4.4.3", "debian"), ("4.5.2", "debian"), ("4.6.0", "r-base")])
def test_the_lock_s_release_of_r_chooses_the_base(version: str, base: str, tmp_path: Path) -> None:
    made = changed_case(tmp_path, LOCKED, {"renv.lock": LOCK.replace("4.5.0", version)})
    assert made.plan.images["runtime"].repository == f"docker.io/library/{base}"


def test_debian_s_packages_are_those_that_the_code_names(tmp_path: Path) -> None:
    code = "library(data.table)\nrequire('DBI')\nstats::rnorm(1)\nrenv::status()\n"
    plan = changed_case(tmp_path, DEBIAN, {"plumber.R": f"{code}#* @get /\nfunction() 1\n"}).plan
    found = [name for name in plan.runtime_packages if name.startswith("r-cran-")]
    assert sorted(found) == ["r-cran-data.table", "r-cran-dbi", "r-cran-jsonlite", "r-cran-plumber"]


def test_what_the_system_must_have_follows_from_the_lock(tmp_path: Path) -> None:
    plan = changed_case(tmp_path, LOCKED, {}).plan
    assert {"libpq-dev", "libsodium-dev"} <= set(plan.build_packages)
    assert {"libpq5", "libsodium23"} <= set(plan.runtime_packages)


def test_a_script_that_runs_the_server_itself_is_started_as_it_is(tmp_path: Path) -> None:
    code = "library(plumber)\npr_run(pr('api.R'), host = '0.0.0.0', port = 8300)\n"
    plan = changed_case(tmp_path, LOCKED, {"entrypoint.R": code}).plan
    assert plan.entrypoint == ("Rscript", "--no-init-file", "entrypoint.R")
    assert plan.port == 8300


@pytest.mark.parametrize("case", [DEBIAN, LOCKED, "r/shiny-renv"])
def test_a_server_that_is_interrupted_has_not_failed(case: str, tmp_path: Path) -> None:
    plan = changed_case(tmp_path, case, {}).plan
    assert plan.stop_signal == "SIGINT"
    assert "interrupt = function(stopped) NULL" in plan.entrypoint[3]


TOLD = {
    "no lock": (DEBIAN, {}, "There is no renv.lock", False),
    "unknown": (DEBIAN, {"R/levels.R": "library(gaugetools)\n"}, "Debian's packages of R: gaugetools", True),
    "GitHub": (LOCKED, {"renv.lock": LOCK.replace('"Repository",', '"GitHub",', 1)}, "from GitHub", True),
    "no renv": (LOCKED, {"renv.lock": LOCK.replace('"renv"', '"other"')}, "does not name renv itself", True),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    case, files, message, strict = TOLD[name]
    made = changed_case(tmp_path, case, files)
    assert any(message in notice.message and notice.strict is strict for notice in made.notices)


def test_the_locks_of_the_cases_are_what_renv_writes() -> None:
    for path in (CASES / "r").glob("*/project/renv.lock"):
        lock = json.loads(path.read_text())
        assert all(record["Package"] == name for name, record in lock["Packages"].items())
