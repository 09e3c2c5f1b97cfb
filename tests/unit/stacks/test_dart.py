"""Dart: the lock is held, tokens are named and not written, and what cannot be packed is told."""

from pathlib import Path

import pytest

from unit.stacks.changed_cases import changed_case


def test_the_lock_is_held_and_the_token_named_by_its_variable(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "dart/worker-private", {})
    text = made.files["Dockerfile"]
    assert "dart pub get --enforce-lockfile" in text
    assert "dart pub token add https://dart.harbour.example --env-var PUB_TOKEN_DART_HARBOUR_EXAMPLE" in text
    assert [secret.env for secret in made.plan.secrets] == ["PUB_TOKEN_DART_HARBOUR_EXAMPLE"]


def test_a_program_that_does_not_handle_sigterm_runs_under_an_init(tmp_path: Path) -> None:
    assert changed_case(tmp_path / "worker", "dart/worker-private", {}).plan.init
    assert not changed_case(tmp_path / "server", "dart/shelf-server", {}).plan.init


def test_generated_code_is_made_where_it_is_not_committed(tmp_path: Path) -> None:
    assert (
        "build_runner build" in changed_case(tmp_path / "made", "dart/generated-slim", {}).files["Dockerfile"]
    )
    committed = changed_case(
        tmp_path / "there", "dart/generated-slim", {"lib/tide.g.dart": "part of 'tide.dart';\n"}
    )
    assert "build_runner" not in committed.files["Dockerfile"]


TOLD = {
    "a member": ("name: a\nresolution: workspace\n", "its members are not built here"),
    "outside": ("name: a\ndependencies:\n  b:\n    path: ../b\n", "outside of this folder: ../b"),
    "Dart Frog": ("name: a\ndependencies:\n  dart_frog: ^1.1.0\n", "writes the program itself"),
    "no lock": ("name: a\ndependencies:\n  shelf: ^1.4.0\n", "There is no pubspec.lock"),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    manifest, message = TOLD[name]
    made = changed_case(tmp_path, "dart/shelf-server", {"pubspec.yaml": manifest}, "program=bin/server.dart")
    assert any(message in notice.message and notice.strict for notice in made.notices)
