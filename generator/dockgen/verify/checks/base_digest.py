"""Every outside image is named by tag and digest, and the digest is the one that was locked."""

from __future__ import annotations

import re

from dockgen.counting import counted
from dockgen.dockerfile.model import Dockerfile
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

PINNED = Check("base-pinned", 6)
LOCKED = Check("base-as-locked", 3)
CHECKS = (PINNED, LOCKED)
ORDER = 27
_DIGEST = re.compile(r"@(sha256:[0-9a-f]{64})$")


def run(session: Session) -> list[CheckResult]:
    """Compare the images that the Dockerfile names with the lock."""
    images = outside_images(session.source)
    faults = [one_line(f"line {line}: {name}") for name, line in images.items() if not _pinned(name)]
    pinned = PINNED.judged(
        faults, "images without tag and digest", f"{counted(len(images), 'image')} by tag and digest"
    )
    return [pinned, _locked(session, list(images))]


def _locked(session: Session, images: list[str]) -> CheckResult:
    locked = set(re.findall(r"sha256:[0-9a-f]{64}", " ".join(session.target.contract.images.values())))
    if not locked:
        return LOCKED.skipped("no dockgen.lock with image digests")
    faults = [one_line(f"{name} is not in dockgen.lock") for name in images if _digest(name) not in locked]
    return LOCKED.judged(
        faults, "a base image is not the locked one", f"{counted(len(images), 'digest')} as locked"
    )


def _pinned(name: str) -> bool:
    tag = name.partition("@")[0].rpartition("/")[2].partition(":")[2]
    return bool(tag) and tag != "latest" and bool(_digest(name))


def _digest(name: str) -> str:
    found = _DIGEST.search(name)
    return found.group(1) if found else ""


def outside_images(dockerfile: Dockerfile) -> dict[str, int]:
    """Return each image that comes from a registry (FROM, COPY --from, RUN --mount=from) with its line."""
    found: dict[str, int] = {}
    for stage in dockerfile.stages:
        if stage.parent is None and stage.resolved != "scratch":
            found.setdefault(stage.resolved or stage.image, stage.start.line)
        for instruction in stage.instructions:
            flag = instruction.flag("from")
            names = [flag.value or ""] if flag else []
            names += [options["from"] for _, options in instruction.mounts() if options.get("from")]
            for name in names:
                if dockerfile.stage(name) is None:
                    found.setdefault(name, instruction.line)
    return found
