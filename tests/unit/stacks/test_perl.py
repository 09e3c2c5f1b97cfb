"""Perl: what a snapshot names is fetched and nothing else, and no release's own code runs meanwhile."""

import datetime
import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

from dockgen.resources import bundled
from dockgen.setup.new import Request, create
from unit.stacks.changed_cases import CASES, changed_case

MOJO = "perl/mojo-carton"
DANCER = "perl/dancer-private"
SNAPSHOT = CASES / MOJO / "project" / "cpanfile.snapshot"


def indexed(folder: Path, snapshot: Path) -> subprocess.CompletedProcess[str]:
    """Run the step that the Dockerfile writes down, with the releases fetched already or none of them."""
    script = bundled("templates") / "perl" / "snapshot.pl.j2"
    words = [script, snapshot, folder / "cache", folder / "index"]
    return subprocess.run(["perl", *map(str, words)], capture_output=True, text=True, timeout=30, check=False)


def test_the_index_holds_what_the_snapshot_names(tmp_path: Path) -> None:
    for line in SNAPSHOT.read_text().splitlines():
        if "pathname: " in line:
            release = tmp_path / "cache/authors/id" / line.split()[1]
            release.parent.mkdir(parents=True, exist_ok=True)
            release.touch()
    assert indexed(tmp_path, SNAPSHOT).returncode == 0
    modules = (tmp_path / "index").read_text().split("\n\n")[1].splitlines()
    assert "Mojo::Pg 4.27 S/SR/SRI/Mojo-Pg-4.27.tar.gz" in modules
    assert not any(module.startswith(("perl ", "ExtUtils::MakeMaker ")) for module in modules)


@pytest.mark.parametrize("path", ["../../etc/passwd", 'A/AB/ABC/x"', "A/AB/ABC/../../x", "/A/AB/ABC/x"])
def test_a_snapshot_cannot_name_other_paths(path: str, tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshot"
    snapshot.write_text(f"DISTRIBUTIONS\n  X-1\n    pathname: {path}\n    provides:\n      X 1\n")
    done = indexed(tmp_path, snapshot)
    assert done.returncode != 0
    assert "no path of CPAN" in done.stderr


def test_a_release_that_is_not_to_be_had_ends_the_build(tmp_path: Path) -> None:
    done = indexed(tmp_path, SNAPSHOT)
    assert done.returncode != 0
    assert "not to be had: " in done.stderr


def test_the_netrc_is_there_for_the_fetch_and_not_for_what_runs_code(tmp_path: Path) -> None:
    text = changed_case(tmp_path, DANCER, {}).files["Dockerfile"]
    fetch, install = text.index("snapshot.pl cpanfile.snapshot"), text.index("cpanm --mirror")
    assert text.index("id=netrc") < fetch < text.index("RUN --network=none") < install
    assert text.count("id=netrc") == 1
    assert "https://cpan.kiln.example/darkpan https://cpan.metacpan.org" in text


def test_bundled_releases_need_no_network(tmp_path: Path) -> None:
    text = changed_case(tmp_path, "perl/plack-bundled", {}).files["Dockerfile"]
    assert "--mirror file:///src/vendor/cache --mirror-only" in text
    assert "RUN --network=none" in text
    assert "type=cache" not in text
    index = CASES / "perl/plack-bundled/project/vendor/cache/modules/02packages.details.txt.gz"
    assert b"Gazelle" in gzip.decompress(index.read_bytes())


def test_a_front_end_by_node_is_built_apart_and_taken_over(tmp_path: Path) -> None:
    shutil.copytree(CASES / MOJO / "project", tmp_path / "project")
    (tmp_path / "project/frontend").mkdir()
    package = '{"scripts": {"build": "vite build --outDir ../public/assets"}}'
    (tmp_path / "project/frontend/package.json").write_text(package)
    (tmp_path / "project/frontend/package-lock.json").write_text("{}")
    flags = ("frontend=frontend", "frontend_output=public/assets")
    request = Request(tmp_path / "project", datetime.date(2026, 11, 1), flags=flags, yes=True, write=False)
    made = create(request).generated
    text = made.files["Dockerfile"]
    assert made.findings == ()
    assert text.index("npm run build") < text.index("snapshot.pl cpanfile.snapshot")
    assert "COPY --from=frontend --chmod=u=rwX,go=rX /src/public/assets/ public/assets/" in text


def test_each_server_stops_as_it_does_gracefully(tmp_path: Path) -> None:
    assert changed_case(tmp_path / "mojo", MOJO, {}).plan.stop_signal == "SIGQUIT"
    assert changed_case(tmp_path / "starman", DANCER, {}).plan.stop_signal == "SIGQUIT"
    assert changed_case(tmp_path / "gazelle", "perl/plack-bundled", {}).plan.stop_signal is None
    assert not changed_case(tmp_path / "worker", "perl/worker-no-snapshot", {}).plan.init
    alone = changed_case(tmp_path / "alone", "perl/sockets-alone", {"server.pl": "use strict;\nsleep;\n"})
    assert alone.plan.init


TOLD = {
    "no snapshot": ("perl/worker-no-snapshot", {}, "There is no cpanfile.snapshot"),
    "git": (
        MOJO,
        {"cpanfile": "requires 'A', git => 'https://git.example/a.git';\n"},
        "from a Git repository",
    ),
    "no server": (
        DANCER,
        {"cpanfile": "requires 'Plack';\n", "cpanfile.snapshot": ""},
        "plackup's own server",
    ),
    "unnamed": (
        MOJO,
        {"cpanfile": "requires 'DBI';\n", "cpanfile.snapshot": ""},
        "which cpanfile does not name",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    case, files, message = TOLD[name]
    made = changed_case(tmp_path, case, files)
    assert any(message in notice.message and notice.strict for notice in made.notices)
