"""No canary is left in a cache mount, which every later build on the machine may read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dockgen.counting import counted
from dockgen.dockerfile.model import Instruction, Stage
from dockgen.verify.filesystem import LayerContent, read_layer
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

MOUNTS = Check("leak-cache-mounts", 5)
CHECKS = (MOUNTS,)
# Straight after the build: an engine short of space empties cache mounts first.
ORDER = 1
_PLAIN = re.compile(r"[\w./@+-]+")


@dataclass(frozen=True, slots=True)
class CacheMount:
    """A cache mount: its id, the stage that uses it, and its target."""

    id: str
    stage: Stage
    target: str


def run(session: Session) -> list[CheckResult]:
    """Copy each cache mount's content into a layer of a build of its own, and search that."""
    if not session.engine.exports_cache:
        return [MOUNTS.skipped(f"{session.engine.name} cannot read cache mounts apart")]
    mounts = cache_mounts(session.source.stages)
    if not mounts:
        return [MOUNTS.passed("the Dockerfile has no cache mount")]
    path = session.changed_dockerfile(probe(session.source.source, mounts, session.id), "cache-mounts")
    archive = session.work / "mounts.tar"
    request = session.request(dockerfile=path, target="dockgen-mounts", archive=archive)
    built = session.build(request, "reading the cache mounts")
    if not built.outcome.succeeded:
        return [MOUNTS.skipped("the cache mounts cannot be read", one_line(built.outcome.error))]
    contents = [read_layer(built.image.layout, layer, 0, session.haystack) for layer in built.image.layers]
    return [judge_mounts(mounts, contents)]


def judge_mounts(mounts: list[CacheMount], contents: list[LayerContent]) -> CheckResult:
    """Return the verdict on the copied mounts."""
    faults = [one_line(found) for content in contents for found in dict.fromkeys(content.found)]
    if faults:
        return MOUNTS.failed("a secret is left in a cache mount", *faults)
    filled = {entry.path.split("/")[1] for content in contents for entry in content.entries if entry.is_file}
    empty = [mount.id for number, mount in enumerate(mounts) if _folder(number, mount) not in filled]
    if empty:
        # A build that leaves nothing there looks the same as an engine that emptied it: no verdict.
        return MOUNTS.skipped(f"the cache mounts {', '.join(empty)} are empty, or the engine emptied them")
    size = sum(content.unpacked for content in contents)
    return MOUNTS.passed(f"no canary in {counted(len(mounts), 'cache mount')} ({size / 1e6:.1f} MB)")


def _folder(number: int, mount: CacheMount) -> str:
    plain = re.sub(r"[^\w.-]", "_", mount.id)
    return f"{number}-{plain}"


def cache_mounts(stages: tuple[Stage, ...]) -> list[CacheMount]:
    """Return each cache mount once; ids as BuildKit makes them: the target where none is given."""
    found: dict[str, CacheMount] = {}
    for stage in stages:
        for instruction in stage.instructions:
            for mount in _of(instruction, stage):
                found.setdefault(mount.id, mount)
    return list(found.values())


def _of(instruction: Instruction, stage: Stage) -> list[CacheMount]:
    mounts = []
    for _, options in instruction.mounts():
        target = options.get("target") or options.get("dst") or options.get("destination") or ""
        identity = options.get("id") or target
        if options.get("type") == "cache" and _PLAIN.fullmatch(identity):
            mounts.append(CacheMount(identity, stage, target))
    return mounts


def probe(source: str, mounts: list[CacheMount], run_id: str) -> str:
    """Return the Dockerfile with stages added that copy the cache mounts out.

    The copying runs in the stage that used the mount: it surely has a shell and cp. A cache mount is no part
    of a step's cache key: without something of this run, an earlier run's copy would be searched.
    """
    lines = [source.rstrip("\n"), ""]
    for number, mount in enumerate(mounts):
        name = mount.stage.name or str(mount.stage.index)
        lines += [
            f"FROM {_from(mount.stage, name)} AS dockgen-mount-{number}",
            "USER 0:0",
            f"ENV DOCKGEN_RUN={run_id}",
            f"RUN --mount=type=cache,id={mount.id},target=/dockgen-mount "
            '["cp", "-a", "/dockgen-mount", "/dockgen-copy"]',
        ]
    lines.append("FROM scratch AS dockgen-mounts")
    for number, mount in enumerate(mounts):
        lines.append(f"COPY --from=dockgen-mount-{number} /dockgen-copy /{_folder(number, mount)}")
    return "\n".join(lines) + "\n"


def _from(stage: Stage, name: str) -> str:
    # A stage without a name cannot be built upon; its base has the same tools.
    return name if stage.name else stage.image
