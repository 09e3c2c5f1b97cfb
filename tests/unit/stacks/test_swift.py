"""Swift: the lock is held, credentials of Git's servers are mounted, and what is missing is told."""

from pathlib import Path

import pytest

from unit.stacks.changed_cases import changed_case

PACKAGE = 'let package = Package(name: "relay", dependencies: [{}], targets: [])\n'


def test_the_lock_is_held_when_fetching_and_when_building(tmp_path: Path) -> None:
    text = changed_case(tmp_path, "swift/vapor-locked", {}).files["Dockerfile"]
    assert text.count("--force-resolved-versions") == 2
    assert "RUN --network=none \\\n    swift build" in text


def test_a_server_of_one_s_own_gets_a_netrc_and_an_agent(tmp_path: Path) -> None:
    plan = changed_case(tmp_path, "swift/nio-worker-private", {}).plan
    assert [(secret.id, secret.target) for secret in plan.secrets] == [("netrc", "/root/.netrc")]
    assert plan.ssh
    assert not changed_case(tmp_path / "public", "swift/vapor-locked", {}).plan.given_secrets


def test_libraries_that_foundation_calls_are_installed(tmp_path: Path) -> None:
    plan = changed_case(tmp_path, "swift/nio-worker-private", {}).plan
    assert "libcurl4t64" in plan.runtime_packages
    assert "libcurl4-openssl-dev" in plan.build_packages


def test_what_does_not_handle_sigterm_runs_under_an_init(tmp_path: Path) -> None:
    assert changed_case(tmp_path / "worker", "swift/nio-worker-private", {}).plan.init
    assert not changed_case(tmp_path / "vapor", "swift/vapor-locked", {}).plan.init


TOLD = {
    "no lock": ('.package(url: "https://github.com/a/b.git", from: "1.0.0")', "There is no Package.resolved"),
    "outside": ('.package(path: "../signals")', "outside of this folder: ../signals"),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    dependency, message = TOLD[name]
    made = changed_case(tmp_path, "swift/hummingbird-no-lock", {"Package.swift": PACKAGE.format(dependency)})
    assert any(message in notice.message and notice.strict for notice in made.notices)
