"""What `dockgen new` shows at the terminal."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from dockgen.answers.model import Answer
from dockgen.answers.text import as_text as answer_text
from dockgen.counting import counted
from dockgen.plan import commands
from dockgen.plan.model import Notice
from dockgen.project import git
from dockgen.report import scorecard_text, text
from dockgen.report.terminal import painted, printable, wrapped
from dockgen.setup.new import Outcome
from dockgen.setup.pins import Pin, pins_of
from dockgen.setup.target import FileState

_SIGNS = {"new": "+", "unchanged": "=", "replaced": "~", "edited": "!", "foreign": "!", "backed up": "~"}

# A default that may well be wrong: the code decides it.
_GUESSED = ("port",)


class SetupText:
    """The screen of one outcome; `colour` paints it.

    Sentences are broken to fit `columns`, commands and differences never: they are there to be copied.
    """

    def __init__(self, outcome: Outcome, *, colour: bool, columns: int | None = None) -> None:
        self._outcome, self._colour, self._columns = outcome, colour, columns

    def lines(self) -> Iterator[str]:
        """Yield the screen's lines: what was found, written and linted, then how to go on."""
        made = self._outcome.generated
        title = f"{made.survey.stack.header.title} · {made.plan.project}"
        yield self._bold(printable(title))
        yield from self._answers()
        if self._outcome.diff:
            yield from ["", self._outcome.diff]
        if self._outcome.faults:
            yield from self._refusal()
            return
        yield from self._files()
        yield from self._notices()
        scores = scorecard_text.lines(made.scorecard, colour=self._colour)
        yield from ["", self._bold("Ten practices")]
        yield from self._fitted([f"  {line}" for line in scores], 9)
        yield from self._commands()
        yield from self._section("Pins", self._pins())
        yield from ["", self._bold("Next")]
        for step in self._next():
            # What is copied from the screen stays on one line.
            yield from [f"  {step}"] if step.startswith("git ") else self._fitted([f"  {step}"], 4)

    def _answers(self) -> Iterator[str]:
        shown = [a for a in self._outcome.generated.resolution.answers.values() if _worth_showing(a)]
        width = max((len(answer.name) for answer in shown), default=0)
        for answer in shown:
            value = printable(answer_text(answer.value))
            line = f"  {answer.name:{width}}  {value}  {self._dim(printable(_origin(answer)))}"
            yield from self._fitted([line], width + 4)

    def _files(self) -> Iterator[str]:
        verb = "Wrote" if self._outcome.written else "Would write"
        report = self._outcome.generated.report
        yield from self._section(verb, [self._file(state) for state in self._outcome.files])
        accepted = self._outcome.generated.acceptances
        found = "nothing else found" if accepted else "nothing found"
        yield f"  linted: {'; '.join(report.notes) or f'hadolint, dockgen strict, BuildKit: {found}'}"
        for one in accepted:
            place = f"{one.finding.ids[0]} on {one.subject}, line {one.finding.span.start.line}"
            yield f"  accepted: {place}: {printable(one.reason)}"
        for path, backup in self._outcome.backups.items():
            yield f"  the former {printable(path)} is kept as {printable(backup)}"

    def _file(self, state: FileState) -> str:
        return f"{sign_of(state)} {printable(state.path)}  {self._dim(state.kind)}"

    def _notices(self) -> Iterator[str]:
        for notice in self._outcome.generated.notices:
            yield from ["", *self._fitted(self._notice(notice), 2)]

    def _notice(self, notice: Notice) -> Iterator[str]:
        yield self._paint("! ", "yellow") + printable(notice.message)
        if notice.hint:
            yield f"  {printable(notice.hint)}"

    def _commands(self) -> Iterator[str]:
        plan = self._outcome.generated.plan
        root, folder = self._outcome.generated.survey.context.path, self._outcome.folder
        build = commands.build_command(plan, root, folder, history=git.has_commits(root))
        yield from self._section("Build", [commands.as_shell([*map(printable, build)])])
        yield from self._section("Run", [commands.as_shell(commands.run_command(plan))])
        for process in plan.processes:
            of_its_own = commands.build_command(
                plan, root, folder, history=git.has_commits(root), target=process.name
            )
            yield from self._section(
                process.name.capitalize(),
                [
                    commands.as_shell([*map(printable, of_its_own)]),
                    commands.as_shell(commands.run_command(plan, process.name)),
                ],
            )
        for name, line in commands.extra_commands(plan).items():
            yield from self._section(name.capitalize(), [commands.as_shell(line)])
        yield from self._section("Kubernetes (it ignores HEALTHCHECK)", commands.kubernetes_probes(plan))

    def _pins(self) -> list[str]:
        made = self._outcome.generated
        return [*dict.fromkeys(_pin_line(pin) for pin in pins_of(made.plan, made.today))]

    def _next(self) -> list[str]:
        folder = self._outcome.folder
        verify = "dockgen verify" if folder == Path() else f"dockgen verify {shlex.quote(folder.as_posix())}"
        paths = (shlex.quote(_plain_path(folder, state.path)) for state in self._outcome.files)
        root = self._outcome.generated.survey.context.path
        steps = [
            f"{printable(verify):25} build it, run it, and prove the promises",
            f"git add {printable(' '.join(paths))}",
            "scan each build for known vulnerabilities, e.g. docker scout cves, grype or trivy image",
        ]
        if not git.has_commits(root):
            steps.append(
                "commit first, then print the commands again: the labels version and revision come from git"
            )
        moving = self._outcome.generated.resolution.answers["renovate"].value != "none"
        return steps + ([] if moving else ["--set renovate=renovate  keeps the pins moving (or dependabot)"])

    def _refusal(self) -> Iterator[str]:
        made = self._outcome.generated
        yield from [
            "",
            self._paint("Refused: the linter holds something against it. Nothing was written.", "red"),
        ]
        yield text.render([made.report], colour=self._colour)
        for fault in self._outcome.faults:
            yield from [
                "",
                f"{fault.rule}: {printable(fault.message)}",
                *(f"  {printable(way)}" for way in fault.ways),
            ]

    def _fitted(self, lines: Iterable[str], indent: int) -> Iterator[str]:
        for line in lines:
            yield from wrapped(line, self._columns, indent) if self._columns else [line]

    def _section(self, title: str, lines: list[str]) -> Iterator[str]:
        yield from ["", self._bold(title), *(f"  {line}" for line in lines)]

    def _paint(self, words: str, style: str) -> str:
        return painted(words, style, colour=self._colour)

    def _bold(self, words: str) -> str:
        return self._paint(words, "bold")

    def _dim(self, words: str) -> str:
        return self._paint(words, "dim")


def as_text(outcome: Outcome, *, colour: bool, columns: int | None = None) -> str:
    """Return the whole screen, its sentences broken to fit the columns where there is a terminal."""
    return "\n".join(SetupText(outcome, colour=colour, columns=columns).lines())


def _plain_path(folder: Path, path: str) -> str:
    """Return a file's path without the way down and up again, where no symlink could lead elsewhere."""
    return Path(os.path.normpath(folder / path) if path.startswith("../") else folder / path).as_posix()


def sign_of(state: FileState) -> str:
    """Return the sign of what a run does to a file."""
    return _SIGNS.get(state.kind, " ")


def _worth_showing(answer: Answer) -> bool:
    empty = answer.value in (None, "", [], {}, False)
    return not empty and (
        answer.source != "default" or answer.name in ("flavour", "version", "manager", *_GUESSED)
    )


def _origin(answer: Answer) -> str:
    if answer.name in _GUESSED and answer.source == "default":
        return f"a guess, nothing in the project says it: --set {answer.name}=… changes it"
    return answer.origin or answer.source


def _pin_line(pin: Pin) -> str:
    if pin.months is None:
        return f"{pin.image.short}  named by hand"
    age = "this month" if pin.months < 1 else f"{counted(pin.months, 'month')} old"
    return f"{pin.image.short}  seen {pin.seen}, {age}"
