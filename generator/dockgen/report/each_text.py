"""What `dockgen new --each` shows at the terminal: a compact summary of all apps."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator

from dockgen.answers.text import as_text as answer_text
from dockgen.lint.practice import Status, kept
from dockgen.plan import commands
from dockgen.plan.model import Notice
from dockgen.project import git
from dockgen.report import text
from dockgen.report.setup_text import sign_of
from dockgen.report.terminal import painted, printable, wrapped
from dockgen.setup.app import OWN, App
from dockgen.setup.each import EachOutcome
from dockgen.setup.new import Outcome

# What tells at a glance what an app is; the rest is in `dockgen explain` and the files.
_SHOWN = ("framework", "role", "port", "health", "flavour", "version")


class EachText:
    """The screen of all apps; `colour` paints it, sentences are broken to fit `columns`."""

    def __init__(self, outcome: EachOutcome, *, colour: bool, columns: int | None = None) -> None:
        self._outcome, self._colour, self._columns = outcome, colour, columns
        told = Counter(notice for _, one in outcome.apps for notice in one.generated.notices)
        self._shared = [notice for notice, count in told.items() if count > 1]

    def lines(self) -> Iterator[str]:
        """Yield the screen's lines: each app, then what was not taken, then how to go on."""
        for app, one in self._outcome.apps:
            yield self._paint(printable(f"{app.path} · {app.title} · {one.generated.plan.project}"), "bold")
            yield from self._fitted(self._app(app, one))
            yield from [one.diff] if one.diff else []
            yield from [""] if one.faults else ["", *self._build(one), ""]
        if self._outcome.refused:
            yield from self._refusal()
            return
        yield from self._fitted(self._common())
        yield from self._left()
        yield self._paint("Next", "bold")
        yield from self._next()

    def _app(self, app: App, one: Outcome) -> Iterator[str]:
        made = one.generated
        yield f"  recognised by: {printable(app.says)}"
        answers = [made.resolution.answers[name] for name in _SHOWN if name in made.resolution.answers]
        yield "  " + " · ".join(f"{a.name} {printable(answer_text(a.value))}" for a in answers if a.value)
        yield from (f"  {self._notice(one)}" for one in made.notices if one not in self._shared)
        scores = made.scorecard
        broken = [f"{s.practice} {s.title}: {s.status.value}" for s in scores if s.status is Status.BROKEN]
        yield f"  {'; '.join([f'{kept(scores)} of {len(scores)} practices kept', *broken])}"
        verb = "wrote" if one.written else "would write"
        verb = verb if any(state.kind != "the same" for state in one.files) else "as before"
        yield f"  {verb}: {'  '.join(f'{sign_of(state)} {printable(state.path)}' for state in one.files)}"
        for path, backup in one.backups.items():
            yield f"  the former {printable(path)} is kept as {printable(backup)}"

    def _notice(self, notice: Notice) -> str:
        return f"{self._paint('!', 'yellow')} {printable(notice.message)} {printable(notice.hint)}".rstrip()

    def _common(self) -> Iterator[str]:
        """Yield once what is to be told of several apps."""
        for notice in self._shared:
            paths = [app.path for app, one in self._outcome.apps if notice in one.generated.notices]
            yield self._notice(notice)
            yield f"  in {printable(', '.join(paths))}"
            yield ""

    def _build(self, one: Outcome) -> Iterator[str]:
        plan, root = one.generated.plan, one.generated.survey.context.path
        history = git.has_commits(root)
        for target in ("", *(process.name for process in plan.processes)):
            build = commands.build_command(plan, root, one.folder, history=history, target=target)
            yield f"  {commands.as_shell([*map(printable, build)])}"

    def _refusal(self) -> Iterator[str]:
        yield self._paint("Refused: the linter holds something against it. Nothing was written.", "red")
        for app, one in self._outcome.refused:
            yield from ["", self._paint(printable(app.path), "bold")]
            yield text.render([one.generated.report], colour=self._colour)
            for fault in one.faults:
                yield f"{fault.rule}: {printable(fault.message)}"
                yield from (f"  {printable(way)}" for way in fault.ways)

    def _left(self) -> Iterator[str]:
        for app in self._outcome.left:
            yield self._paint(f"Not settled: {printable(app.path)}", "yellow")
            yield from self._fitted([f"  {printable(app.why)}"])
            # What is copied from the screen stays on one line.
            yield from (f"  {printable(way)}" for way in app.ways if way)
            yield ""
        besides = list(self._fitted(self._besides()))
        yield from [*besides, ""] if besides else []

    def _besides(self) -> Iterator[str]:
        found = self._outcome.found
        if found.libraries:
            yield f"Nothing starts, so left out: {printable(', '.join(found.libraries))}"
        if found.aside:
            yield f"By their names no apps: {printable(', '.join(found.aside))}"
        if found.more or found.truncated:
            yield "The repository is too large to be read whole: name the folders that are missing here."

    def _next(self) -> Iterator[str]:
        app, one = self._outcome.apps[0]
        verify = f"dockgen verify {shlex.quote(one.folder.as_posix())}"
        yield f"  {printable(verify)}  builds it and proves the promises; so for each of them"
        if app.path != OWN:
            yield f"  {printable(app.command)} --yes --dry-run  shows how to run it, its probes and pins"
        yield "  commit what was written: Dockerfiles, ignore files, answers and locks"

    def _fitted(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            yield from wrapped(line, self._columns, 4) if self._columns else [line]

    def _paint(self, words: str, style: str) -> str:
        return painted(words, style, colour=self._colour)


def as_text(outcome: EachOutcome, *, colour: bool, columns: int | None = None) -> str:
    """Return the whole screen, its sentences broken to fit the columns where there is a terminal."""
    return "\n".join(EachText(outcome, colour=colour, columns=columns).lines())
