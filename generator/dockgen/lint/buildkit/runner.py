"""Runs the checks over one Dockerfile."""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.buildkit import options
from dockgen.lint.buildkit.build import Build
from dockgen.lint.buildkit.model import Check, Hit, Registered
from dockgen.lint.buildkit.options import Options
from dockgen.lint.buildkit.registry import registered
from dockgen.lint.model import Context, Finding, Severity


def run(dockerfile: Dockerfile, context: Context) -> list[Finding]:
    """Return what BuildKit's checks find, by place.

    With `# check=error=true` the findings are errors, as the build would fail.
    """
    build = Build(dockerfile, context)
    settings = _settings(dockerfile)
    severity = Severity.ERROR if settings.error else Severity.WARNING
    # An experimental check has no work to do where nothing in the file can have asked for it.
    experimental = "experimental" in dockerfile.source
    found = [
        _finding(hit, one.check, severity, dockerfile.path)
        for one in registered()
        if experimental or not one.check.experimental
        for hit in dict.fromkeys(_hits(one, build, settings))
    ]
    return sorted(found, key=lambda finding: (finding.span, finding.ids, finding.message))


def _settings(dockerfile: Dockerfile) -> Options:
    directive = next((one for one in dockerfile.directives if one.name == "check"), None)
    return (options.read(directive.value) if directive else None) or Options()


def _hits(one: Registered, build: Build, settings: Options) -> Iterator[Hit]:
    for hit in one.find(build):
        in_force = settings
        if hit.governor and build.may_hold_options:
            in_force = settings.merged(options.in_comments(build.comments_above(hit.governor)))
        if in_force.wants(one.check):
            yield hit


def _finding(hit: Hit, check: Check, severity: Severity, path: str) -> Finding:
    return Finding(
        ids=(check.name,),
        severity=severity,
        message=hit.message,
        span=hit.span,
        path=path,
        practice=check.practice,
        mend=hit.mend,
        fix=hit.fix,
    )
