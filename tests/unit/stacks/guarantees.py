"""What the table of docs/stacks.md counts: each guarantee judged from the text of a case's Dockerfile."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from dockgen.catalog.bases import base_of
from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.dockerfile.parser import parse
from dockgen.lint.analysis.images import frontend_use, image_uses

FROZEN = Path(__file__).parents[2] / "stacks" / "frozen-installs.yaml"
LABELS = {"org.opencontainers.image.title", "org.opencontainers.image.base.name"}
VOLUMES = "/volumes/"
"""Where templates lay out the folders that the process may write."""
CERTIFICATES = "/usr/local/share/ca-certificates/"


@dataclass(frozen=True)
class Subject:
    """A Dockerfile as a case expects it."""

    text: str

    @cached_property
    def dockerfile(self) -> Dockerfile:
        return parse(self.text)

    @cached_property
    def final(self) -> Stage:
        assert self.dockerfile.final_stage
        return self.dockerfile.final_stage

    @property
    def builds(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.dockerfile.stages if stage not in self.final.lineage)

    @cached_property
    def runs(self) -> list[Instruction]:
        return [one for stage in self.dockerfile.stages for one in stage.instructions if one.keyword == "RUN"]

    @property
    def downloads(self) -> bool:
        """Whether a build stage may use the network at all."""
        steps = [one for stage in self.builds for one in stage.instructions if one.keyword == "RUN"]
        return not all(_offline(run) for run in steps)

    def mounts(self, kind: str) -> list[dict[str, str]]:
        return [options for run in self.runs for _, options in run.mounts() if options.get("type") == kind]


def digest(subject: Subject) -> bool:
    uses = [*image_uses(subject.dockerfile), *frontend_use(subject.dockerfile)]
    return bool(uses) and all(use.reference.tag and use.reference.digest for use in uses)


def user(subject: Subject) -> bool:
    found = subject.final.inherited("USER")
    return bool(found) and re.fullmatch(r"[1-9]\d*:\d+", found[-1].text.strip()) is not None


def code(subject: Subject) -> bool:
    given = [one for one in subject.final.inherited("COPY") if one.flag("chown")]
    return all(VOLUMES in one.text for one in given)


def start(subject: Subject) -> bool:
    found = [*subject.final.inherited("ENTRYPOINT"), *subject.final.inherited("CMD")]
    return bool(found) and all(one.json_form for one in found)


def health(subject: Subject) -> bool | None:
    if not subject.final.inherited("EXPOSE"):
        return None
    return any(re.match(r"CMD\s*\[", one.text) for one in subject.final.inherited("HEALTHCHECK"))


def labels(subject: Subject) -> bool:
    named = {key.text.strip("\"'") for one in subject.final.inherited("LABEL") for key, _ in one.pairs}
    return named >= LABELS


def secrets(subject: Subject) -> bool | None:
    mounted = [*subject.mounts("secret"), *subject.mounts("ssh")]
    return all(options.get("required") == "true" for options in mounted) if mounted else None


def caches(subject: Subject) -> bool | None:
    mounted = subject.mounts("cache")
    if not mounted and not subject.downloads:
        return None
    return bool(mounted) and all("-" in options.get("id", "") for options in mounted)


def frozen(subject: Subject) -> bool | None:
    if not subject.downloads:
        return None
    return any(
        re.search(row["pattern"], run.text) and re.search(row.get("needs", ""), subject.text)
        for row in _frozen()
        for run in subject.runs
    )


def network(subject: Subject) -> bool | None:
    """What runs in a build stage behind the copied source; a certificate is none."""
    found: list[bool] = []
    for stage in subject.builds:
        copied = False
        for one in stage.instructions:
            if one.keyword == "COPY" and not (one.flag("from") or one.heredocs or CERTIFICATES in one.text):
                copied = True
            elif copied and one.keyword == "RUN":
                found.append(_offline(one))
    return all(found) if found else None


def shell(subject: Subject) -> bool:
    base = base_of(subject.final.base_image or "")
    return base is not None and base.shell is False


def _offline(run: Instruction) -> bool:
    flag = run.flag("network")
    return flag is not None and flag.value == "none"


@cache
def _frozen() -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.safe_load(FROZEN.read_text())["installs"]
    return found


@dataclass(frozen=True)
class Guarantee:
    """One column: `judge` says whether a Dockerfile keeps it, None where it has nothing to keep.

    `always` says that a stack of which no case has anything to keep must say why.
    """

    key: str
    title: str
    counted: str
    judge: Callable[[Subject], bool | None]
    always: bool = True


GUARANTEES = (
    Guarantee("digest", "Digests", "every image, the front end's too, is named by tag and digest", digest),
    Guarantee("user", "Numeric user", "the last `USER` is a numeric id with its group, and not root", user),
    Guarantee(
        "code",
        "Code is root's",
        "nothing is copied as the run-time user's but its declared data folders",
        code,
    ),
    Guarantee("start", "Exec form", "the process gets its signals: no shell in between", start),
    Guarantee("health", "Health check", "of servers: one in exec form; workers have none", health, False),
    Guarantee("labels", "Labels", "title and base image at least", labels),
    Guarantee(
        "secrets",
        "Secret mounts",
        "of those that need credentials: each is mounted for one instruction and required",
        secrets,
    ),
    Guarantee("caches", "Cache mounts", "of those that download or compile: with ids of their own", caches),
    Guarantee("frozen", "Frozen install", "of those that download: the install keeps to its lock", frozen),
    Guarantee(
        "network",
        "Build offline",
        "of those that build: no step behind the copied source has a network",
        network,
        False,
    ),
    Guarantee("shell", "No shell", "the final image has none", shell),
)
