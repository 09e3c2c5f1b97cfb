"""The linter: hadolint, dockgen's own rules and BuildKit's checks on one or many Dockerfiles.

hadolint is started first; the other rules run while it works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dockgen.dockerfile.model import Dockerfile
from dockgen.dockerfile.parser import parse
from dockgen.lint import hadolint, hadolint_binary, merge, notices, pragmas, rules_loader
from dockgen.lint.hadolint_findings import findings_of
from dockgen.lint.hadolint_rewrite import Readable, readable
from dockgen.lint.model import Context, Finding, Profile
from dockgen.lint.reports import Report
from dockgen.lint.settings import Settings
from dockgen.lint.store import Store
from dockgen.records import field, record, replace
from dockgen.resources import bundled


@record
class Job:
    """One text to lint. `own` marks text of dockgen's making: no pragma silences anything in it.

    `path` is shown; `place`, where it is given, is the path that rules judge, inside the repository.
    """

    path: str
    source: str
    context: Context
    settings: Settings = field(default_factory=Settings)
    hadolint_config: Path | None = None
    own: bool = False
    place: str = ""

    @property
    def setup(self) -> hadolint.Setup:
        """How hadolint is run on this text."""
        return hadolint.Setup(own_configuration() if self.own else self.hadolint_config, self.own)


def own_configuration() -> Path:
    """Return hadolint's configuration for dockgen's own output: every rule but those named with a reason."""
    return bundled("stacks") / "data" / "hadolint-ignores.yaml"


def lint_text(
    source: str,
    path: str = "Dockerfile",
    *,
    profile: Profile | None = None,
    context: Context | None = None,
    settings: Settings | None = None,
    own: bool = False,
    hadolint: bool = True,
    store: Store | None = None,
) -> Report:
    """Lint one text in memory.

    `own` is for text that dockgen just made: hadolint with every rule, no pragmas, no configuration of the
    user's. Raises EngineError where hadolint is there but cannot be started.
    """
    context = context or Context()
    settings = settings or Settings()
    settings = replace(settings, hadolint=hadolint and settings.hadolint, profile=profile or settings.profile)
    context = replace(context, profile=profile or context.profile)
    return lint_jobs([Job(path, source, context, settings, own=own)], store)[0]


def lint_jobs(jobs: Sequence[Job], store: Store | None = None, lanes: int = 1) -> list[Report]:
    """Lint several texts in this process: hadolint first, in up to `lanes` processes, the rest meanwhile."""
    return _Linting(jobs, store, lanes).reports()


def lint_batches(
    batches: Iterable[Sequence[Job]], store: Store | None = None, lanes: int = 1
) -> Iterator[list[Report]]:
    """Yield each batch's reports; hadolint is at work on the next batch before a batch is waited for."""
    under_way: _Linting | None = None
    for batch in batches:
        started = _Linting(batch, store, lanes)
        if under_way:
            yield under_way.reports()
        under_way = started
    if under_way:
        yield under_way.reports()


class _Linting:
    """Jobs on which all but hadolint has run; hadolint is still at work on them."""

    def __init__(self, jobs: Sequence[Job], store: Store | None, lanes: int) -> None:
        self._jobs = jobs
        self._parsed = [parse(job.source, job.place or job.path) for job in jobs]
        self._judging = _Hadolint(jobs, self._parsed, store, lanes)
        self._mine = [
            _without_hadolint(job, dockerfile) for job, dockerfile in zip(jobs, self._parsed, strict=True)
        ]

    def reports(self) -> list[Report]:
        """Wait for hadolint and return one report for each job, in order."""
        outside = self._judging.findings()
        return [
            _report(job, dockerfile, [*mine, *theirs], self._judging.note)
            for job, dockerfile, mine, theirs in zip(
                self._jobs, self._parsed, self._mine, outside, strict=True
            )
        ]


def _without_hadolint(job: Job, dockerfile: Dockerfile) -> list[Finding]:
    """Return what is found without a process: syntax, own rules, BuildKit's checks."""
    found = notices.syntax_problems(dockerfile)
    found += rules_loader.run(dockerfile, job.context, job.settings.wanted_ids())
    try:
        from dockgen.lint import buildkit

        found += buildkit.run(dockerfile, job.context)
    except Exception as error:  # noqa: BLE001 - a check may fail in any way on hostile input
        found.append(notices.internal("of BuildKit's checks", error))
    return found


def _report(job: Job, dockerfile: Dockerfile, found: Sequence[Finding], note: str) -> Report:
    wanted = [_located(finding, job.path) for finding in found if job.settings.wants(finding.ids[0])]
    findings = merge.merged(wanted, dockerfile)
    if not job.own:
        silent = pragmas.read(dockerfile)
        findings = [finding for finding in findings if not silent.silence(finding)]
    whole = job.settings.hadolint and not note
    return Report(job.path, job.source, tuple(findings), job.context, (note,) if note else (), whole)


def _located(finding: Finding, path: str) -> Finding:
    """Rules know the Dockerfile by its usual name only."""
    return replace(finding, path=path) if finding.path == "Dockerfile" else finding


class _Hadolint:
    """hadolint at work on the texts of some jobs, one process for each configuration."""

    def __init__(
        self, jobs: Sequence[Job], parsed: Sequence[Dockerfile], store: Store | None, lanes: int
    ) -> None:
        self._parsed, self._store, self._lanes = parsed, store, lanes
        self._outcomes: dict[int, hadolint.Outcome] = {}
        self._texts: dict[int, Readable] = {}
        self._runs: list[tuple[list[int], list[str], hadolint.Run]] = []
        self.note = ""
        asked = [number for number, job in enumerate(jobs) if job.settings.hadolint]
        binary = hadolint_binary.find() if asked else None
        if binary is not None:
            self._start(jobs, asked, binary)
        elif asked:
            self.note = "hadolint is not installed, so its DL and ShellCheck rules did not run"

    def _start(self, jobs: Sequence[Job], asked: list[int], binary: hadolint_binary.Binary) -> None:
        groups: dict[hadolint.Setup, list[int]] = {}
        for number in asked:
            text = self._texts[number] = readable(self._parsed[number])
            large = hadolint.too_large(text.text, len(self._parsed[number].instructions))
            if large:
                self._outcomes[number] = large
            else:
                groups.setdefault(jobs[number].setup, []).append(number)
        for setup, numbers in groups.items():
            self._start_group(setup, numbers, binary)

    def _start_group(self, setup: hadolint.Setup, numbers: list[int], binary: hadolint_binary.Binary) -> None:
        salt = f"{binary.fingerprint} {setup.fingerprint()}" if self._store else ""
        keys = {n: self._store.key(salt, self._texts[n].text) for n in numbers} if self._store else {}
        for number, key in keys.items():
            known = self._store.outcome(key) if self._store else None
            if known is not None:
                self._outcomes[number] = known
        left = [number for number in numbers if number not in self._outcomes]
        for mine in _dealt(left, [len(self._texts[number].text) for number in left], self._lanes):
            run = hadolint.Run(binary, [self._texts[number].text for number in mine], setup)
            self._runs.append((mine, [keys.get(number, "") for number in mine], run))

    def findings(self) -> list[list[Finding]]:
        """Wait for the processes and return each job's findings."""
        for numbers, keys, run in self._runs:
            for number, key, outcome in zip(numbers, keys, run.outcomes(), strict=True):
                self._outcomes[number] = outcome
                if self._store:
                    self._store.keep_outcome(key, outcome)
        return [
            findings_of(self._outcomes[n], dockerfile, self._texts[n]) if n in self._outcomes else []
            for n, dockerfile in enumerate(self._parsed)
        ]


def _dealt(numbers: Sequence[int], sizes: Sequence[int], lanes: int) -> list[list[int]]:
    """Deal texts to lanes, the largest first and each to the lane with the least: all end at one time."""
    loads = [0] * min(lanes, len(numbers))
    hands: list[list[int]] = [[] for _ in loads]
    for size, number in sorted(zip(sizes, numbers, strict=True), reverse=True):
        lane = loads.index(min(loads))
        hands[lane].append(number)
        loads[lane] += size
    return hands
