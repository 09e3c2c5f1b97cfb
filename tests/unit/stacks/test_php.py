"""PHP: which release, whose credentials, and what of Symfony's settings."""

import datetime
import json
from pathlib import Path

import pytest

from dockgen.errors import DockgenError
from dockgen.setup.new import Request, create
from unit.stacks.changed_cases import changed_case

SLIM = {"name": "tides/api", "require": {"php": "^8.1", "slim/slim": "^4.15"}}
PACKAGE = {
    "name": "slim/slim",
    "version": "4.15.0",
    "source": {"type": "git", "url": "https://github.com/slimphp/Slim.git", "reference": "abc"},
    "dist": {
        "type": "zip",
        "url": "https://api.github.com/repos/slimphp/Slim/zipball/abc",
        "reference": "abc",
    },
    "support": {"source": "https://slimframework.example/source"},
    "funding": [{"url": "https://tidelift.example/slim", "type": "tidelift"}],
}


def composer(**changes: object) -> str:
    return json.dumps({**SLIM, **changes}, indent=2)


def lock(*packages: dict[str, object]) -> str:
    return json.dumps({"packages": packages, "packages-dev": []}, indent=2)


@pytest.mark.parametrize(("platform", "release"), [("8.1.0", "8.4"), ("8.3", "8.3"), ("8.5.1", "8.5")])
def test_packages_chosen_for_an_older_php_run_on_a_known_one(
    platform: str, release: str, tmp_path: Path
) -> None:
    files = {"composer.json": composer(config={"platform": {"php": platform}})}
    made = changed_case(tmp_path, "php/slim-private", files)
    assert made.resolution.answers["version"].value == release


def test_php_7_is_not_passed_off_as_8(tmp_path: Path) -> None:
    files = {"composer.json": composer(config={"platform": {"php": "7.4"}}, require={"php": "^7.4"})}
    with pytest.raises(DockgenError, match=r"asks for PHP \^7\.4"):
        changed_case(tmp_path, "php/slim-private", files)


def test_whom_a_package_is_paid_through_is_no_private_repository(tmp_path: Path) -> None:
    files = {"composer.json": composer(), "composer.lock": lock(PACKAGE)}
    made = changed_case(tmp_path, "php/slim-private", files)
    assert "--mount=type=secret" not in made.files["Dockerfile"]


def test_a_package_of_a_private_place_asks_for_credentials(tmp_path: Path) -> None:
    private = {"type": "zip", "url": "https://packages.example.com/slim.zip", "reference": "abc"}
    files = {"composer.json": composer(), "composer.lock": lock({**PACKAGE, "dist": private})}
    made = changed_case(tmp_path, "php/slim-private", files)
    assert "--mount=type=secret,id=composer-auth,target=/root/.composer/auth.json" in made.files["Dockerfile"]


def test_the_env_file_of_symfonys_recipes_is_kept(tmp_path: Path) -> None:
    recipe = 'APP_ENV=dev\nAPP_SECRET=\nDATABASE_URL="mysql://app:!ChangeMe!@127.0.0.1:3306/app"\n'
    made = changed_case(tmp_path / "recipe", "php/symfony", {".env": recipe})
    assert ".env.local.php" not in made.files["Dockerfile"]
    assert "!.env\n" in made.files[".dockerignore"]
    made = changed_case(tmp_path / "secret", "php/symfony", {".env": "APP_SECRET=3f2a9bc81d7e4f60\n"})
    assert ".env.local.php" in made.files["Dockerfile"]
    assert any("line 1 gives APP_SECRET a value" in notice.message for notice in made.notices)


def test_a_new_laravel_project_keeps_its_sqlite_database_on_a_volume(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "php/laravel-pgsql", {".env.example": "APP_KEY=\nDB_CONNECTION=sqlite\n"})
    text = made.files["Dockerfile"]
    assert "DB_DATABASE=/app/storage/database/database.sqlite" in text
    kept = "COPY --from=build --chown=33:33 /volumes/app/storage/database /app/storage/database"
    assert text.index("COPY --from=build /app/storage storage") < text.index(kept)
    assert "pdo_" not in text
    elsewhere = changed_case(
        tmp_path / "elsewhere",
        "php/laravel-pgsql",
        {".env.example": "DB_CONNECTION=sqlite\n"},
        "volumes=/data",
    )
    assert "DB_DATABASE" not in elsewhere.files["Dockerfile"]


def test_symfonys_sqlite_database_is_told(tmp_path: Path) -> None:
    settings = 'DATABASE_URL="sqlite:///%kernel.project_dir%/var/data.db"\n'
    made = changed_case(tmp_path, "php/symfony", {".env": settings})
    assert any("where the running process cannot write" in notice.message for notice in made.notices)


def test_where_packages_are_chosen_for_php_7_the_manifest_says_what_else_runs_them(tmp_path: Path) -> None:
    files = {
        "composer.json": composer(config={"platform": {"php": "7.4"}}, require={"php": "^7.4 || ^8.0"}),
        "composer.lock": lock(),
    }
    made = changed_case(tmp_path, "php/plain-apache", {**files, "index.php": "<?php\n"})
    assert made.resolution.answers["version"].value == "8.4"


def test_a_release_without_a_base_for_the_project_is_told_with_those_that_have_one(tmp_path: Path) -> None:
    (tmp_path / ".php-version").write_text("8.3\n")
    request = Request(tmp_path, datetime.date(2026, 11, 1), yes=True, write=False)
    (tmp_path / "worker.php").write_text("<?php\n")
    with pytest.raises(DockgenError, match=r"asks for PHP 8\.3"):
        create(request)
    (tmp_path / "index.php").write_text("<?php\n")
    with pytest.raises(DockgenError, match=r"asks for PHP 8\.3"):
        create(request)
    (tmp_path / "index.php").unlink()
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "index.php").write_text("<?php\n")
    assert create(request).generated.resolution.answers["flavour"].value == "fpm"
