"""The judges of the ten practices: what of each the files alone show, whatever the findings say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dockgen.counting import counted
from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.lint.analysis.images import ImageUse
from dockgen.lint.analysis.labels import label_keys
from dockgen.lint.knowledge.signatures import left_to_verify
from dockgen.lint.knowledge.stages import base_of_stage
from dockgen.lint.knowledge.users import run_user
from dockgen.lint.model import Context, Finding, Severity
from dockgen.lint.practice import Evidence, Status
from dockgen.records import field, record

_SMALL_WORDS = (
    "slim",
    "alpine",
    "distroless",
    "chiseled",
    "minimal",
    "micro",
    "busybox",
    "scratch",
    "static",
)
_SMALL_PLACES = ("cgr.dev/chainguard/", "gcr.io/distroless/", "registry.access.redhat.com/ubi9-micro")


@record
class Subject:
    """What the judges look at; `whole` says that every engine ran."""

    dockerfile: Dockerfile
    stage: Stage
    context: Context
    whole: bool
    uses: tuple[ImageUse, ...] = ()
    findings: Sequence[Finding] = field(default_factory=tuple)

    def instructions(self, *keywords: str) -> Iterator[Instruction]:
        """All instructions of those keywords, in every stage."""
        for stage in self.dockerfile.stages:
            yield from (i for i in stage.instructions if i.keyword in keywords)


Verdict = tuple[Status, list[Evidence], list[str]]


def _base(subject: Subject) -> Verdict:
    line = subject.stage.lineage[-1].start.line
    image, known = subject.stage.base_image, base_of_stage(subject.stage)
    if image is None:
        return Status.OPEN, [Evidence("a build argument names the base image", line)], []
    here = [Evidence(f"the final image starts from {image}", line)]
    if image == "scratch" or (known and known.role == "static"):
        return Status.KEPT, here, []
    if image.startswith(_SMALL_PLACES) or any(word in image.lower() for word in _SMALL_WORDS):
        return Status.KEPT, here, []
    if known is None:
        return Status.OPEN, [Evidence(f"nothing is known of {image}", line)], ["look into the base image"]
    return Status.PARTLY, here, []


def _user(subject: Subject) -> Verdict:
    user = run_user(subject.stage, subject.dockerfile)
    line = user.instruction.line if user.instruction else subject.stage.lineage[-1].start.line
    if user.root is None:
        check = "docker image inspect --format '{{.Config.User}}' IMAGE"
        return Status.OPEN, [Evidence("the file does not say who runs it", line)], [check]
    if user.root:
        return Status.BROKEN, [Evidence("it runs as root", line)], []
    by = "" if user.instruction else ", by the base image"
    return Status.KEPT, [Evidence(f"it runs as {user.value}{by}", line)], []


def _verified(subject: Subject) -> Verdict:
    left = left_to_verify(subject.uses)
    unpinned = [u for u in subject.uses if not u.reference.digest]
    if not subject.uses or unpinned:
        return Status.OPEN, [Evidence("no file shows that a signature was verified")], left
    evidence = [Evidence("digests fix the images' contents; no file shows who signed them")]
    return Status.PARTLY, evidence, left


def _vulnerabilities(_: Subject) -> Verdict:
    evidence = [Evidence("vulnerabilities are found in built images, day after day, and not in files")]
    left = [
        "scan each build: docker scout cves IMAGE, grype IMAGE or trivy image IMAGE",
        "scan it again on a schedule",
    ]
    return Status.OPEN, evidence, left


def _secrets(subject: Subject) -> Verdict:
    evidence = [
        Evidence("a secret is there for this instruction only", instruction.line)
        for instruction in subject.instructions("RUN")
        for _, options in instruction.mounts()
        if options.get("type") == "secret"
    ]
    copies = [i for i in subject.instructions("COPY", "ADD") if not i.flag("from") and not i.heredocs]
    build = subject.context.build
    if copies and build is None:
        return Status.PARTLY, [*evidence, Evidence("what the build context holds was not looked at")], []
    if build is not None and build.truncated:
        return Status.PARTLY, [*evidence, Evidence("the build context is too large to look at whole")], []
    return Status.KEPT, [*evidence, Evidence("no rule found a secret in the file or in what it copies")], []


def _tags(subject: Subject) -> Verdict:
    if not subject.uses:
        scratch = subject.stage.base_image == "scratch"
        text = "no outside image is used" if scratch else "build arguments name the images"
        return (Status.KEPT if scratch else Status.OPEN), [Evidence(text)], []
    loose = [u for u in subject.uses if not (u.reference.digest and u.reference.tag)]
    if not loose:
        return (
            Status.KEPT,
            [Evidence(f"tag and digest fix {u.name}", u.span.start.line) for u in subject.uses],
            [],
        )
    texts = ((_looseness(use), use.span.start.line) for use in loose)
    evidence = [Evidence(text, line) for text, line in texts]
    vague = any(u.reference.tag in {None, "latest"} and not u.reference.digest for u in loose)
    return (Status.BROKEN if vague else Status.PARTLY), evidence, []


def _looseness(use: ImageUse) -> str:
    if use.reference.digest:
        return f"{use.name} has a digest that does not say which version it is"
    if use.reference.tag in {None, "latest"}:
        return f"nothing fixes {use.name}"
    return f"{use.name}:{use.reference.tag} has no digest"


def _copies(subject: Subject) -> Verdict:
    added = list(subject.instructions("ADD"))
    if not added:
        return Status.KEPT, [Evidence("the file has no ADD")], []
    return Status.KEPT, [Evidence("ADD does here what COPY cannot", one.line) for one in added], []


def _labels(subject: Subject) -> Verdict:
    keys = label_keys(subject.stage)
    standard = sorted(key for key in keys if key.startswith("org.opencontainers.image."))
    line = next((i.line for i in reversed(subject.stage.inherited("LABEL"))), None)
    if standard:
        names = ", ".join(key.removeprefix("org.opencontainers.image.") for key in standard)
        return Status.KEPT, [Evidence(f"labels name {names}", line)], []
    if keys:
        return (
            Status.PARTLY,
            [Evidence("no label of the OCI image specification is among the labels", line)],
            [],
        )
    return Status.BROKEN, [Evidence("no label says what the image is")], []


def _stages(subject: Subject) -> Verdict:
    taken = [
        i
        for stage in subject.stage.lineage
        for i in stage.instructions
        if (i.keyword == "COPY" and (flag := i.flag("from")) and subject.dockerfile.stage(flag.value or ""))
    ]
    if taken:
        return (
            Status.KEPT,
            [Evidence("only what runs is taken over from another stage", i.line) for i in taken],
            [],
        )
    runs = [i for stage in subject.stage.lineage for i in stage.instructions if i.keyword == "RUN"]
    if not runs:
        return Status.KEPT, [Evidence("nothing is built or installed in the final image")], []
    return Status.PARTLY, [Evidence("one stage installs, builds and runs", runs[0].line)], []


def _linter(subject: Subject) -> Verdict:
    if not subject.whole:
        return Status.PARTLY, [Evidence("hadolint did not run")], ["install hadolint and lint again"]
    if any(f.severity >= Severity.WARNING for f in subject.findings):
        return Status.BROKEN, [Evidence(f"{counted(len(subject.findings), 'finding')} in all")], []
    return (
        Status.KEPT,
        [Evidence("hadolint, BuildKit's checks and dockgen's rules have nothing against it")],
        [],
    )


JUDGES: dict[int, Callable[[Subject], Verdict]] = {
    1: _base,
    2: _user,
    3: _verified,
    4: _vulnerabilities,
    5: _secrets,
    6: _tags,
    7: _copies,
    8: _labels,
    9: _stages,
    10: _linter,
}
