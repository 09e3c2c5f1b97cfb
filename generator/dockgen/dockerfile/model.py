"""What a Dockerfile is: instructions with exact spans, and the stages they make.

Source of the language: https://docs.docker.com/reference/dockerfile/ and BuildKit's own parser.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dockgen.records import field, record

if TYPE_CHECKING:
    from dockgen.dockerfile.source import PositionMap


class Position(NamedTuple):
    """A place in the source: line and column, both from 1, columns counted in characters."""

    line: int
    column: int


class Span(NamedTuple):
    """A half-open stretch of the source: `end` is the position after the last character."""

    start: Position
    end: Position


@record
class Word:
    """One argument as BuildKit splits it; `text` keeps quotes and variables as they were written.

    In the JSON form `text` is the decoded string. `start` and `end` are its offsets in the logical line,
    from which `places` leads to the source: of most words nobody asks for the span.
    """

    text: str
    start: int = field(repr=False)
    end: int = field(repr=False)
    places: PositionMap = field(repr=False)

    @property
    def span(self) -> Span:
        """Where the word stands in the source, quotes included."""
        return self.places.span(self.start, self.end)


@record
class Flag:
    """`--name=value` before the arguments; `value` is None where there was no `=`, its place as a word's."""

    name: str
    value: str | None
    start: int = field(repr=False)
    end: int = field(repr=False)
    places: PositionMap = field(repr=False)

    @property
    def span(self) -> Span:
        """Where the flag stands in the source."""
        return self.places.span(self.start, self.end)

    def options(self) -> dict[str, str]:
        """Return the `key=value,key` pairs of a flag such as --mount; a bare key maps to ''."""
        return dict(self._options)

    @cached_property
    def _options(self) -> dict[str, str]:
        pairs = (part.partition("=") for part in (self.value or "").strip("\"'").split(","))
        return {key.strip().lower(): value for key, _, value in pairs if key.strip()}


@record
class Heredoc:
    """A here-document of RUN, COPY or ADD; `span` covers its content without the terminator's line."""

    name: str
    content: str
    expand: bool
    chomp: bool
    span: Span


@record
class Comment:
    """A whole-line comment; `text` is without the `#` and surrounding blanks."""

    text: str
    span: Span


@record
class Directive:
    """A parser directive (`syntax`, `escape`, `check`) at the head of the file; `name` is in lower case."""

    name: str
    value: str
    span: Span


@record
class Instruction:
    """One instruction from its keyword to its last character, here-documents included.

    `keyword` is in upper case, `written` as it stood. `text` is the argument part with continuation
    lines joined and comments between them dropped, flags removed, as BuildKit hands it to the builder.
    `words` are the arguments: the JSON array's strings if `json_form`, else what BuildKit splits for
    this instruction (for RUN, CMD, ENTRYPOINT in shell form a single word, the command).
    `pairs` are the key/value words of ENV, LABEL and ARG (value None for `ARG name`).
    `trigger` is ONBUILD's own instruction; here-documents of it stand with it alone.
    `text` begins at the offset `begin` of its logical line, from which `map` leads back to the source.
    """

    keyword: str
    written: str
    span: Span
    keyword_span: Span
    text: str
    flags: tuple[Flag, ...] = ()
    words: tuple[Word, ...] = ()
    pairs: tuple[tuple[Word, Word | None], ...] = ()
    heredocs: tuple[Heredoc, ...] = ()
    json_form: bool = False
    trigger: Instruction | None = None
    begin: int = field(default=0, repr=False, compare=False)
    map: PositionMap | None = field(default=None, repr=False, compare=False)

    @property
    def places(self) -> PositionMap | None:
        """What leads from an offset of `text` back to the source."""
        return self.map.shifted(self.begin) if self.map else None

    @property
    def line(self) -> int:
        """The line of the keyword."""
        return self.span.start.line

    def flag(self, name: str) -> Flag | None:
        """Return the last flag of that name."""
        return next((flag for flag in reversed(self.flags) if flag.name == name), None)

    def mounts(self) -> list[tuple[Flag, dict[str, str]]]:
        """Return each --mount flag with its options."""
        return [(flag, flag.options()) for flag in self.flags if flag.name == "mount"]


@record
class Stage:
    """One FROM and what follows it.

    `image` is the reference as written (variables kept), `resolved` with the global ARGs' defaults put
    in (None where one is unknown). `parent` is the earlier stage that FROM names, if any.
    """

    index: int
    name: str | None
    image: str
    resolved: str | None
    start: Instruction
    instructions: tuple[Instruction, ...]
    parent: Stage | None = None

    @cached_property
    def lineage(self) -> tuple[Stage, ...]:
        """This stage and the stages it is built from, itself first."""
        found = [self]
        while found[-1].parent is not None:
            found.append(found[-1].parent)
        return tuple(found)

    @cached_property
    def _root(self) -> Stage:
        # Stages are asked in their order: the parent mostly knows it already.
        stage = self
        while stage.parent is not None:
            stage = stage.parent
            known: Stage | None = stage.__dict__.get("_root")
            if known is not None:
                return known
        return stage

    @property
    def base_image(self) -> str | None:
        """The outside image at the root of the lineage, variables put in; None where unknown."""
        return self._root.resolved

    @cached_property
    def _by_keyword(self) -> dict[str, list[Instruction]]:
        found: dict[str, list[Instruction]] = {}
        for stage in reversed(self.lineage):
            for instruction in stage.instructions:
                found.setdefault(instruction.keyword, []).append(instruction)
        return found

    def inherited(self, keyword: str) -> list[Instruction]:
        """Instructions of that keyword that are in force here, in build order, parents' first."""
        return list(self._by_keyword.get(keyword, ()))


@record
class Dockerfile:
    """A parsed Dockerfile; `source` is the exact text, a byte order mark left out.

    `target` is the index of the stage that the build names, None for the last one.
    """

    source: str
    path: str = "Dockerfile"
    escape: str = "\\"
    directives: tuple[Directive, ...] = ()
    comments: tuple[Comment, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    global_args: tuple[Instruction, ...] = ()
    stages: tuple[Stage, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    target: int | None = None

    @cached_property
    def lines(self) -> list[str]:
        """The source's lines without their ends; only a newline ends one, as in BuildKit."""
        return [line.rstrip("\r") for line in self.source.removesuffix("\n").split("\n")]

    @property
    def final_stage(self) -> Stage | None:
        """The stage that is built: the target, or else the last one."""
        return self.stages[-1 if self.target is None else self.target] if self.stages else None

    @cached_property
    def _stages_by_name(self) -> dict[str, Stage]:
        return {stage.name.lower(): stage for stage in self.stages if stage.name}

    def stage(self, reference: str) -> Stage | None:
        """Return the stage that `--from=` or FROM names, by name (case ignored) or index."""
        found = self._stages_by_name.get(reference.lower())
        if found:
            return found
        # Python refuses to read numbers of thousands of digits; no file has a million stages.
        is_index = reference.isascii() and reference.isdigit() and len(reference) < 7
        return self.stages[int(reference)] if is_index and int(reference) < len(self.stages) else None


@record
class Problem:
    """Something BuildKit's parser refuses; parsing goes on behind it where that makes sense."""

    message: str
    span: Span
