"""Coverage-guided fuzzing of the parser, the ignore matcher and the expansion.

Run `python tests/fuzz/fuzz_parser.py -runs=1000000`; it needs atheris (Linux and macOS). It holds that
nothing raises, that spans lie inside the file and in order and lead back to what was read, and that no input
takes long.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["dockgen.dockerfile"]):
    from dockgen.dockerfile.ignore import IgnoreFile
    from dockgen.dockerfile.model import Dockerfile, Instruction, Span
    from dockgen.dockerfile.parser import parse
    from dockgen.dockerfile.variables import expand, walk

_LONGEST = 2.0


def check(data: bytes) -> None:
    """Take the first byte as the choice of what to try, the rest as text."""
    text = data[1:].decode("utf-8", "surrogateescape")
    start = time.monotonic()
    choice = data[0] % 4 if data else 0
    if choice < 2:
        check_parser(text)
    elif choice == 2:
        check_ignore(text)
    else:
        expand(text, {"a": "abc.abc", "b": ""}, "`" if len(data) % 2 else "\\")
    if time.monotonic() - start > _LONGEST:
        raise TimeoutError(f"{time.monotonic() - start:.1f} s")


def check_parser(text: str) -> None:
    """Hold what is true of each parsed file."""
    dockerfile = parse(text)
    spans = [instruction.span for instruction in dockerfile.instructions]
    assert spans == sorted(spans), "instructions are in order"
    for one, following in pairwise(spans):
        assert one.end <= following.start, "instructions do not overlap"
    for instruction in dockerfile.instructions:
        check_instruction(instruction, dockerfile)
        if instruction.trigger:
            check_instruction(instruction.trigger, dockerfile)
    for problem in dockerfile.problems:
        check_span(problem.span, dockerfile)
    for comment in dockerfile.comments:
        assert cut(comment.span, dockerfile).startswith("#")
    for stage in dockerfile.stages:
        for _ in walk(dockerfile, stage):
            pass


def check_instruction(instruction: Instruction, dockerfile: Dockerfile) -> None:
    """Hold what is true of each instruction."""
    check_span(instruction.span, dockerfile)
    keyword = instruction.keyword_span
    if keyword.start.line == keyword.end.line:
        assert cut(keyword, dockerfile) == instruction.written
    for word in instruction.words:
        check_span(word.span, dockerfile)
        if word.span.start.line == word.span.end.line and not instruction.json_form:
            assert cut(word.span, dockerfile).startswith(word.text)
    for flag in instruction.flags:
        check_span(flag.span, dockerfile)
    for key, value in instruction.pairs:
        check_span(key.span, dockerfile)
        if value:
            assert key.span.end <= value.span.start


def check_span(span: Span, dockerfile: Dockerfile) -> None:
    """Hold that a span lies inside the file."""
    lines = dockerfile.lines
    assert 1 <= span.start.line <= span.end.line <= max(len(lines), 1), span
    assert span.start <= span.end, span
    for place in (span.start, span.end):
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, span


def cut(span: Span, dockerfile: Dockerfile) -> str:
    """Return what stands in a span of one line."""
    return dockerfile.lines[span.start.line - 1][span.start.column - 1 : span.end.column - 1]


def check_ignore(text: str) -> None:
    """Hold what is true of each ignore file; the last line is a path."""
    patterns, _, path = text.rpartition("\n")
    ignore = IgnoreFile.parse(patterns)
    path = "/".join(part for part in path.split("/") if part not in ("", ".", "..")) or "a"
    excluded = ignore.excludes(path)
    assert excluded == ignore.excludes(path)
    if "/" in path and not ignore.keeps_some:
        folder = path.rpartition("/")[0]
        assert excluded or not ignore.excludes(folder), "what lies in an excluded folder is excluded"


def main() -> None:
    """Run the fuzzer."""
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
