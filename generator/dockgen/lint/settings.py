"""What a user asks of the linter: profile, rules, thresholds, policy; globally and for single paths."""

from __future__ import annotations

from pathlib import PurePosixPath

from dockgen.lint.model import Finding, Policy, Profile, Severity
from dockgen.records import field, record, replace


@record
class PathSettings:
    """What differs for the paths that a pattern (as in .gitignore, from the configuration's folder) names."""

    pattern: str
    profile: Profile | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@record
class Settings:
    """The linter's settings; `fail_on` is None where no finding may fail the run.

    `select` and `ignore` hold ids or their beginnings (DG05, DL, SC2086, JSONArgsRecommended); an empty
    `select` stands for every rule of the profile.
    """

    profile: Profile = Profile.DEFAULT
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.STYLE
    hadolint: bool = True
    exclude: tuple[str, ...] = ()
    policy: Policy = field(default_factory=Policy)
    per_path: tuple[PathSettings, ...] = ()

    def wants(self, rule_id: str) -> bool:
        """Return whether an id is to be shown: of several beginnings that fit, the longest one decides."""
        chosen = _longest(self.select, rule_id) if self.select else 0
        refused = _longest(self.ignore, rule_id)
        return chosen > refused if self.select else refused < 0

    def wanted_ids(self) -> frozenset[str]:
        """Return what is selected by name, for rules that the profile leaves out."""
        return frozenset(self.select)

    def for_path(self, path: str) -> Settings:
        """Return the settings for one path (relative, with slashes)."""
        fitting = [entry for entry in self.per_path if _matches(entry.pattern, path)]
        settings = self
        for entry in fitting:
            settings = replace(
                settings,
                profile=entry.profile or settings.profile,
                select=(*settings.select, *entry.select),
                ignore=(*settings.ignore, *entry.ignore),
            )
        return replace(settings, per_path=())

    def fails(self, finding: Finding) -> bool:
        """Return whether a finding makes the run fail."""
        return self.fail_on is not None and finding.severity >= self.fail_on


def _longest(beginnings: tuple[str, ...], rule_id: str) -> int:
    return max((len(b) for b in beginnings if rule_id.startswith(b)), default=-1)


def _matches(pattern: str, path: str) -> bool:
    import pathspec

    return pathspec.GitIgnoreSpec.from_lines([pattern]).match_file(PurePosixPath(path))
