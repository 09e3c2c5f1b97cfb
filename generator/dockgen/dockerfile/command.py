"""What a shell runs: simple commands with their words, redirections and surroundings."""

from __future__ import annotations

from dockgen.dockerfile.model import Span
from dockgen.dockerfile.script import Script
from dockgen.dockerfile.wrappers import unwrapped
from dockgen.records import field, record


@record
class Argument:
    """A word of a command. `text` is what the program gets: quotes and escapes are taken away.

    Where `static` is false it holds an expansion or a substitution, which `text` keeps as it was written.
    """

    text: str
    static: bool
    start: int = field(repr=False, compare=False)
    end: int = field(repr=False, compare=False)
    script: Script = field(repr=False, compare=False)

    @property
    def span(self) -> Span:
        """Where the word stands in the Dockerfile, quotes included."""
        return self.script.locate(self.start, self.end)


@record
class Assignment:
    """`name=value` before a command, alone, or behind export, local, readonly or declare."""

    name: str
    value: Argument | None
    span: Span = field(repr=False, compare=False)


@record
class Redirect:
    """`>`, `>>`, `<`, `<<`, `<<<` and their like with what stands behind; `descriptor` is "" by default."""

    operator: str
    descriptor: str
    target: Argument | None


@record
class Command:
    """One simple command.

    `connector` is what stands before it: `&&`, `||`, `;`, `&`, `|`, `|&`, or "" for the first of its list.
    `pipeline` numbers the pipeline that it is in and `position` its place there, from 0; `piped_from` is
    the command whose output it reads. `within` says what holds it, from the outside in: `subshell`,
    `substitution`, `function`, `condition`, `branch`, `loop`, and `script` for the body of `sh -c`, eval or
    a here-document that a shell reads.
    """

    argv: tuple[Argument, ...]
    assignments: tuple[Assignment, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    connector: str = ""
    pipeline: int = 0
    position: int = 0
    piped_from: Command | None = field(default=None, repr=False, compare=False)
    within: tuple[str, ...] = ()
    start: int = field(default=0, repr=False, compare=False)
    end: int = field(default=0, repr=False, compare=False)
    script: Script | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The program as written, without its folder; "" for assignments alone."""
        return self.argv[0].text.rpartition("/")[2] if self.argv else ""

    @property
    def words(self) -> list[str]:
        """The texts of the arguments, the program's name first."""
        return [argument.text for argument in self.argv]

    @property
    def effective(self) -> tuple[Argument, ...]:
        """The arguments without sudo, env, exec, time, gosu and their like before the real program."""
        return self.argv[unwrapped(self.words) :]

    @property
    def program(self) -> str:
        """The name of the real program, see `effective`."""
        return self.effective[0].text.rpartition("/")[2] if self.effective else ""

    @property
    def span(self) -> Span:
        """Where the command stands in the Dockerfile."""
        assert self.script is not None  # noqa: S101
        return self.script.locate(self.start, self.end)
