"""What only development needs is known from each manifest, and found where each tool installs."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockgen.verify.checks.dev_dependencies import (
    KINDS,
    composer_development,
    mix_development,
    node_development,
    python_development,
    ruby_development,
)


def test_npm_has_them_in_a_table_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text(
        '{"dependencies": {"a": "1"}, "optionalDependencies": {"b": "1"},'
        ' "devDependencies": {"a": "1", "b": "1", "@types/node": "1"}}'
    )
    assert node_development(tmp_path) == {"@types/node"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"pyproject.toml": '[project]\ndependencies = ["a>1"]\n[dependency-groups]\n'
             'dev = ["a", "Py_Test>8", {include-group = "x"}]\nweb = ["gunicorn"]\ndocs = ["gunicorn"]\n'},
            {"py-test"},
        ),
        ({"pyproject.toml": '[tool.uv]\ndev-dependencies = ["ruff"]\n'}, {"ruff"}),
        (
            {"pyproject.toml": '[tool.poetry.dependencies]\nboth = "1"\n[tool.poetry.dev-dependencies]\n'
             'black = "1"\n[tool.poetry.group.test.dependencies]\npytest = "8"\nboth = "1"\n'
             '[tool.poetry.group.main.dependencies]\nflask = "3"\n'},
            {"pytest", "black"},
        ),
        ({"pyproject.toml": '[tool.pdm.dev-dependencies]\ntest = ["pytest"]\n'}, {"pytest"}),
        (
            {"pyproject.toml": '[dependency-groups]\ndev = ["tox"]\n[tool.poetry.group.dev.dependencies]\n'
             'black = "1"\n[tool.pdm.dev-dependencies]\ndev = ["pytest"]\n'},
            {"tox", "black", "pytest"},
        ),
        ({"Pipfile": '[packages]\nflask = "*"\n[dev-packages]\nflask = "*"\nmypy = "*"\n'}, {"mypy"}),
        (
            {"requirements.txt": "requests==2\n",
             "requirements-dev.txt": "-r requirements.txt\n# tools\npytest>=8  # tests\nrequests\n"
             "git+https://git.example.com/x.git\n"},
            {"pytest"},
        ),
        ({"requirements/test.txt": "tox\n", "requirements/base.txt": "tox\n"}, set()),
        ({"requirements_dev.txt": "pytest==8 \\\n    --hash=sha256:00\n"}, set()),
        ({"dev-requirements.txt": "iniconfig==2\n    # via pytest\npytest==8\n"}, set()),
        ({"pyproject.toml": "not TOML", "Pipfile": "[packages"}, set()),
        ({"pyproject.toml": '[dependency-groups]\ndev = 7\n[tool]\npoetry = "x"\n'}, set()),
    ],
    ids=range(12),
)  # fmt: skip
def test_python_has_them_in_many_places(files: dict[str, str], expected: set[str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert python_development(tmp_path) == expected


def test_composer_has_them_in_a_table_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "composer.json").write_text(
        '{"require": {"php": "^8.3", "a/both": "1"},'
        ' "require-dev": {"phpunit/phpunit": "^11", "a/both": "1", "ext-xdebug": "*"}}'
    )
    assert composer_development(tmp_path) == {"phpunit/phpunit"}


def test_bundler_has_them_in_groups(tmp_path: Path) -> None:
    (tmp_path / "Gemfile").write_text("""\
source "https://rubygems.org" do
  gem "puma"
end
group :development, :test do
  gem 'rspec-rails', "~> 7" # the tests
  platforms :ruby do
    gem "byebug"
  end
  if RUBY_VERSION >= "3.4"
    gem "irb"
  end
  gem "pry"
end
gem "rubocop", require: false, group: :development
gem "bootsnap", groups: [:production, :test]
group :production, :test do
  gem "pg"
end
# gem "commented", group: :test
gem("webmock", group: %i[test]) if false
gem "simplecov", :group => :test
gem "both", group: :test
gem "both"
""")
    assert ruby_development(tmp_path) == {"rspec-rails", "byebug", "irb", "pry", "rubocop", "simplecov"}


def test_mix_keeps_them_to_environments(tmp_path: Path) -> None:
    (tmp_path / "mix.exs").write_text("""\
  defp deps do
    [
      {:plug, "~> 1.16"},
      {:credo, "~> 1.7", only: [:dev, :test], runtime: false},
      {:ex_doc, "~> 0.34", only: :dev},
      {:sentry, "~> 10", only: [:prod, :test]}
    ]
  end
""")
    assert mix_development(tmp_path) == {"credo", "ex-doc"}


@pytest.mark.parametrize("declared", [composer_development, ruby_development, mix_development])
def test_a_project_of_another_kind_declares_none(declared: object, tmp_path: Path) -> None:
    (tmp_path / "composer.json").write_text("[not JSON")
    assert callable(declared)
    assert declared(tmp_path) == set()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/app/vendor/phpunit/phpunit/composer.json", "phpunit/phpunit"),
        ("/usr/local/bundle/ruby/3.3.0/gems/rspec-rails-7.1.0/README.md", "rspec-rails"),
        ("/app/lib/credo-1.7.8/ebin/credo.app", "credo"),
        ("/app/_build/prod/lib/credo/ebin/credo.app", "credo"),
        ("/app/node_modules/@types/node/package.json", "@types/node"),
        ("/opt/venv/lib/python3.13/site-packages/pytest-8.3.dist-info/METADATA", "pytest"),
        ("/app/composer.json", None),
    ],
)
def test_a_package_is_found_where_its_tool_puts_it(path: str, name: str | None) -> None:
    found = [match[1] for match in (place.search(path) for _, place in KINDS) if match]
    assert found == ([name] if name else [])
