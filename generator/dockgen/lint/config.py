"""The linter's configuration: `[lint]` of .dockgen.toml, or `[tool.dockgen.lint]` of pyproject.toml.

[lint]
profile = "default"            # default, strict, policy
select = ["DG05", "DL"]        # ids or their beginnings
ignore = ["DL3008"]
fail-on = "warning"            # style, info, warning, error, never
hadolint = true
exclude = ["vendor/"]          # patterns as in .gitignore

[lint.policy]
registries = ["registry.example.org"]
max-digest-age-days = 90
required-labels = ["org.opencontainers.image.source"]

[lint.per-path."docker/*.Dockerfile"]
ignore = ["DG0601"]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from dockgen.errors import AnswerError
from dockgen.lint.model import Policy, Profile, Severity
from dockgen.lint.settings import PathSettings, Settings
from dockgen.records import record
from dockgen.regexes import regex

NEVER = "never"
_NAME = ".dockgen.toml"
_ID = regex(r"[A-Za-z][A-Za-z0-9]*")
_OUTER = {"profile", "select", "ignore", "fail-on", "hadolint", "exclude", "policy", "per-path"}
_POLICY = {"registries", "max-digest-age-days", "required-labels"}
_PER_PATH = {"profile", "select", "ignore"}
T = TypeVar("T")


@record
class Configuration:
    """Settings and the folder that their patterns count from."""

    settings: Settings
    folder: Path


def find(start: Path) -> Path | None:
    """Return the nearest configuration at or above a folder, up to the repository's root."""
    for folder in (start, *start.parents):
        if (folder / _NAME).is_file():
            return folder / _NAME
        project = folder / "pyproject.toml"
        if project.is_file() and "tool.dockgen" in project.read_text("utf-8", "replace"):
            return project
        if (folder / ".git").exists():
            return None
    return None


def load(path: Path) -> Configuration:
    """Read a configuration file; raises AnswerError with file and key where something is wrong."""
    import tomllib

    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise AnswerError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnswerError(f"{path}: not valid TOML: {error}") from error
    outer = ("lint",) if path.name != "pyproject.toml" else ("tool", "dockgen", "lint")
    table: Any = document
    for key in outer:
        table = table.get(key, {}) if isinstance(table, dict) else {}
    return Configuration(_settings(_Table(path, ".".join(outer), table, _OUTER)), path.parent)


class _Table:
    """One TOML table being read: typed access with errors that name file and key."""

    def __init__(self, path: Path, name: str, table: object, known: set[str]) -> None:
        self._path, self._name = path, name
        if not isinstance(table, Mapping):
            raise AnswerError(f"{path}: {name} must be a table")
        self.entries: Mapping[str, Any] = table
        for key in table.keys() - known:
            raise self.error(str(key), f"is unknown; known are {', '.join(sorted(known))}")

    def error(self, key: str, what: str) -> AnswerError:
        return AnswerError(f"{self._path}: {self._name}.{key} {what}")

    def get(self, key: str, kind: type[T], default: T) -> T:
        value = self.entries.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"must be of type {kind.__name__}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        value = self.get(key, list, [])
        if not all(isinstance(word, str) and word for word in value):
            raise self.error(key, "must be a list of strings that are not empty")
        return tuple(value)

    def chosen(self, key: str, choose: Callable[[str], T], default: T) -> T:
        if key not in self.entries:
            return default
        try:
            return choose(self.get(key, str, ""))
        except AnswerError as error:
            raise self.error(key, error.message) from error

    def ids(self, key: str) -> tuple[str, ...]:
        try:
            return ids(self.words(key))
        except AnswerError as error:
            raise self.error(key, error.message) from error

    def inner(self, key: str, known: set[str]) -> _Table:
        return _Table(self._path, f"{self._name}.{key}", self.entries.get(key, {}), known)

    def rows(self, key: str, known: set[str]) -> list[tuple[str, _Table]]:
        table = self.get(key, dict, {})
        return [
            (name, _Table(self._path, f'{self._name}.{key}."{name}"', table[name], known)) for name in table
        ]


def _settings(table: _Table) -> Settings:
    return Settings(
        profile=table.chosen("profile", profile, Profile.DEFAULT),
        select=table.ids("select"),
        ignore=table.ids("ignore"),
        fail_on=table.chosen("fail-on", threshold, Settings().fail_on),
        hadolint=table.get("hadolint", bool, True),
        exclude=table.words("exclude"),
        policy=_policy(table.inner("policy", _POLICY)),
        per_path=tuple(_per_path(pattern, row) for pattern, row in table.rows("per-path", _PER_PATH)),
    )


def _policy(table: _Table) -> Policy:
    age = table.get("max-digest-age-days", int, 0)
    return Policy(table.words("registries"), age or None, table.words("required-labels"))


def _per_path(pattern: str, table: _Table) -> PathSettings:
    chosen = table.chosen("profile", profile, None) if "profile" in table.entries else None
    return PathSettings(pattern, chosen, table.ids("select"), table.ids("ignore"))


def profile(word: str) -> Profile:
    """Return the profile of that name; raises AnswerError."""
    try:
        return Profile(word)
    except ValueError:
        raise AnswerError(f"must be one of {', '.join(p.value for p in Profile)}, not {word!r}") from None


def threshold(word: str) -> Severity | None:
    """Return the severity from which on findings fail the run; None for `never`; raises AnswerError."""
    if word == NEVER:
        return None
    try:
        return Severity[word.upper()]
    except KeyError:
        known = ", ".join([*(level.name.lower() for level in Severity), NEVER])
        raise AnswerError(f"must be one of {known}, not {word!r}") from None


def ids(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return ids, or beginnings of ids, that a rule has; raises AnswerError for one that no rule has."""
    from dockgen.lint import pages

    for word in words:
        if not _ID.fullmatch(word) or not pages.is_known_beginning(word):
            raise AnswerError(f"holds {word!r}, which no rule's id begins with")
    return words
