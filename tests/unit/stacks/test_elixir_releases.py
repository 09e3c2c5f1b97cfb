"""Which release of a mix.exs is built, from which folders, and what it wants when it starts."""

import datetime
from pathlib import Path

import pytest

from dockgen.setup.generate import Generated
from dockgen.setup.new import Request, create
from unit.stacks.changed_cases import changed_case

PROJECT = """\
defmodule Lagoon.MixProject do
  use Mix.Project

  def project do
    [
      app: :lagoon,
      version: "1.0.0",
      elixirc_paths: elixirc_paths(Mix.env()),
      test_elixirc_options: [docs: true],
      {default}releases: releases(),
      deps: []
    ]
  end

  def application, do: [mod: {{Lagoon, []}}]

  defp elixirc_paths(:test), do: elixirc_paths(:dev) ++ ["test/support"]
  defp elixirc_paths(_), do: ["lib", "wire/lib"]

  defp releases do
    [
      tide: [
        {erlang}include_executables_for: [:unix]
      ],
      lagoon: [
        applications: [lagoon: :permanent]
      ]
    ]
  end
end
"""


def made(folder: Path, *, default: str = "", erlang: str = "", wanted: str = "") -> Generated:
    files: dict[str, str | None] = {"mix.exs": PROJECT.format(default=default, erlang=erlang)}
    if wanted:
        files["config/runtime.exs"] = f'import Config\nconfig :lagoon, key: System.fetch_env!("{wanted}")\n'
    (folder / "case").mkdir()
    return changed_case(folder / "case", "elixir/tide-server", files)


def test_the_first_release_is_taken_and_no_other_list(tmp_path: Path) -> None:
    assert "mix release tide --path" in made(tmp_path).files["Dockerfile"]


def test_the_default_release_goes_before(tmp_path: Path) -> None:
    text = made(tmp_path, default="default_release: :lagoon,\n      ").files["Dockerfile"]
    assert 'ENTRYPOINT ["/app/bin/lagoon"]' in text


def test_each_folder_with_code_is_copied_where_it_is_there(tmp_path: Path) -> None:
    assert " wire/" not in made(tmp_path).files["Dockerfile"]
    project = tmp_path / "case" / "project"
    (project / "wire" / "lib").mkdir(parents=True)
    request = Request(project, datetime.date(2026, 11, 1), yes=True, write=False)
    assert "go=rX wire/ wire/" in create(request).generated.files["Dockerfile"]


def test_a_release_without_erlang_is_told(tmp_path: Path) -> None:
    notices = made(tmp_path, erlang="include_erts: false,\n        ").notices
    assert any("leaves out Erlang" in notice.message and notice.strict for notice in notices)


def test_the_start_command_gives_stand_ins_that_are_long_enough(tmp_path: Path) -> None:
    plan = changed_case(tmp_path, "elixir/phoenix-assets", {}).plan
    assert plan.start_environment["DATABASE_URL"].startswith("ecto://")
    assert len(plan.start_environment["SECRET_KEY_BASE"]) >= 64


def test_the_port_is_nothing_that_is_wanted(tmp_path: Path) -> None:
    assert made(tmp_path, wanted="PORT").plan.start_environment == {}


@pytest.mark.parametrize(
    ("name", "value"), [("POOL_SIZE", "10"), ("SMTP_PORT", "10"), ("REGION", "stand-in")]
)
def test_what_is_a_number_by_its_name_gets_one(name: str, value: str, tmp_path: Path) -> None:
    assert made(tmp_path, wanted=name).plan.start_environment == {name: value}
