"""The package managers of the languages: their install commands, lock files and ways to keep to a lock.

Sources: the documentation of npm (npm ci), Yarn (--frozen-lockfile, --immutable), pnpm, Bun, Bundler
(BUNDLE_FROZEN), Cargo (--locked), Composer, Pipenv (--deploy), Poetry, uv (--locked), PDM and
NuGet (--locked-mode).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dockgen.records import record
from dockgen.regexes import regex


@record
class Manager:
    """One install command: its subcommands, its lock files, what keeps it to the lock, and how to say that.

    `bare` says that the program alone installs, `variable` names the variable that keeps it to the lock where
    no option does. `frozen` are options and `settings` a pattern of variables or configuration that already
    keep to the lock. `mend` replaces the subcommand.
    """

    program: str
    subcommands: frozenset[str]
    locks: tuple[str, ...]
    manifest: str
    frozen: frozenset[str]
    settings: re.Pattern[str]
    mend: str
    bare: bool = False
    needs: frozenset[str] = frozenset()
    variable: str = ""


def _manager(
    program: str,
    subcommands: str,
    locks: str,
    manifest: str,
    frozen: str,
    settings: str,
    mend: str,
    *,
    bare: bool = False,
    needs: str = "",
    variable: str = "",
) -> Manager:
    return Manager(
        program,
        frozenset(subcommands.split()),
        tuple(locks.split()),
        manifest,
        frozenset(frozen.split()),
        regex(settings or r"(?!)"),
        mend,
        bare,
        frozenset(needs.split()),
        variable,
    )


_CARGO = "--locked --frozen --offline"
MANAGERS = (
    _manager(
        "npm",
        "install i isntall",
        "package-lock.json npm-shrinkwrap.json",
        "package.json",
        "-g --global --prefix -C --package-lock-only --location",
        "",
        "ci",
    ),
    _manager(
        "yarn",
        "install",
        "yarn.lock",
        "package.json",
        "--frozen-lockfile --immutable --pure-lockfile --cwd --offline --version -v",
        r"YARN_ENABLE_IMMUTABLE_INSTALLS|enableImmutableInstalls|\bCI=",
        "install --frozen-lockfile",
        bare=True,
    ),
    _manager(
        "pnpm",
        "install i",
        "pnpm-lock.yaml",
        "package.json",
        "--frozen-lockfile --offline --lockfile-only -g --global --dir -C",
        r"\bCI=|frozen-lockfile",
        "install --frozen-lockfile",
    ),
    _manager(
        "bun",
        "install i",
        "bun.lock bun.lockb",
        "package.json",
        "--frozen-lockfile -g --global --cwd",
        "",
        "install --frozen-lockfile",
    ),
    _manager(
        "bundle",
        "install",
        "Gemfile.lock",
        "Gemfile",
        "--deployment --frozen --local --gemfile",
        r"BUNDLE_(?:DEPLOYMENT|FROZEN)|\b(?:deployment|frozen)\b",
        "install",
        bare=True,
        variable="BUNDLE_FROZEN=true",
    ),
    _manager(
        "cargo",
        "build b rustc fetch run",
        "Cargo.lock",
        "Cargo.toml",
        f"{_CARGO} --manifest-path",
        r"CARGO_(?:BUILD_LOCKED|NET_OFFLINE)",
        "{} --locked",
    ),
    _manager(
        "cargo",
        "install",
        "Cargo.lock",
        "Cargo.toml",
        _CARGO,
        r"CARGO_(?:BUILD_LOCKED|NET_OFFLINE)",
        "install --locked",
        needs="--path",
    ),
    _manager(
        "composer",
        "update upgrade u",
        "composer.lock",
        "composer.json",
        "--lock --working-dir -d",
        "",
        "install",
    ),
    _manager(
        "pipenv", "install", "Pipfile.lock", "Pipfile", "--deploy --ignore-pipfile", "", "install --deploy"
    ),
    _manager("poetry", "update", "poetry.lock", "pyproject.toml", "--lock --directory -C -P", "", "install"),
    _manager(
        "uv",
        "sync",
        "uv.lock",
        "pyproject.toml",
        "--locked --frozen --directory --project --script",
        r"UV_(?:LOCKED|FROZEN)",
        "sync --locked",
    ),
    _manager(
        "pdm",
        "install",
        "pdm.lock",
        "pyproject.toml",
        "--frozen-lockfile --check -p -g",
        "",
        "install --frozen-lockfile",
    ),
    _manager(
        "dotnet",
        "restore",
        "packages.lock.json",
        "",
        "--locked-mode",
        r"RestoreLockedMode",
        "restore --locked-mode",
    ),
)
# Words behind these options are values, no packages.
_VALUED = regex(
    "--registry|--cache|--loglevel|--target|--bin|--package|-p|--features|--profile|--path|--root|--jobs|-j|"
    "--filter|-F|--mode|--network-timeout|--network-concurrency|--cache-folder|--extra|--group|--python"
)


def operands(words: Sequence[str]) -> list[int]:
    """Return the places of the words that are neither the program, nor options, nor values of options."""
    found: list[int] = []
    for place in range(1, len(words)):
        word, before = words[place], words[place - 1]
        if not word.startswith(("-", "+")) and not _VALUED.fullmatch(before):
            found.append(place)
    return found
