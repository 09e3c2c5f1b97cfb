"""What is ordered of a plan, and what is delivered: values that can go to another process and back."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from dockgen.ahead import Ahead
from dockgen.lint.practice import PracticeScore
from dockgen.lint.reports import Report
from dockgen.plan.model import Plan
from dockgen.records import record


@record
class Order:
    """A plan, the name of its ignore file, the templates' folders, and what the build context holds.

    `today` is an ISO date, `place` the path from the repository's top to where the Dockerfile goes,
    None for the app's own folder.
    """

    plan: Plan
    ignore_name: str
    templates: tuple[Path, ...]
    root: Path
    paths: tuple[str, ...]
    truncated: bool
    today: str
    place: str | None = None


@record
class Draft:
    """All files by name but dockgen's own two, what the linter says of the Dockerfile, and its scorecard."""

    files: Mapping[str, str]
    report: Report
    scores: tuple[PracticeScore, ...]


_ANY = """FROM docker.io/library/alpine:3.22 AS build
ARG VERSION=1
RUN --mount=type=cache,target=/var/cache/apk apk add curl && curl --version

FROM scratch
COPY --from=build /usr/bin/curl /usr/bin/curl
ENV LANG=C.UTF-8
USER 65532:65532
HEALTHCHECK CMD ["/usr/bin/curl", "--fail", "http://127.0.0.1:8080/"]
ENTRYPOINT ["/usr/bin/curl"]
LABEL org.opencontainers.image.title="any"
"""
Drafter = Callable[[Order], Draft]


def load() -> Drafter:
    """Return the function that makes the draft; importing it is a third of what a run takes."""
    from dockgen.setup.drafting import draft

    return draft


def load_whole() -> Drafter:
    """The same, with all that it will need imported: for a process that has nothing else to do."""
    from dockgen.lint.engine import lint_text
    from dockgen.lint.model import Profile

    found = load()
    # What rules load and compile when they are first used is loaded and compiled now.
    lint_text(_ANY, profile=Profile.STRICT, own=True, hadolint=False)
    return found


def ahead(rest: Iterable[str] = ()) -> Ahead[Order, Draft]:
    """Return the drafter in a process of its own, which loads it at once.

    `rest` are modules that come next in this process, which has time to load them while that one works.
    """
    return Ahead(load_whole, lambda: [importlib.import_module(name) for name in rest])
