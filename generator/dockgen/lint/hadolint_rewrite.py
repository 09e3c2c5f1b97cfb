"""A Dockerfile as hadolint's parser can read it, with the way back to the lines as they were written.

hadolint 2.15 drops a whole file where BuildKit reads on: a here-document that another line follows directly,
an indented or escaped terminator, a here-document of ADD, several on one line, a body line that begins
like the terminator; a mount that is quoted, has no target, or has options in capitals, unknown to it or with
variables; `${…}` in EXPOSE. The rewrite says the same in a form that it reads.
"""

from __future__ import annotations

import re

from dockgen.dockerfile.model import Dockerfile, Flag, Heredoc, Instruction
from dockgen.records import record
from dockgen.regexes import regex

_SUSPECT = regex(r"<<|--mount|--device|^\s*EXPOSE\b.*\$\{", re.IGNORECASE | re.MULTILINE)
_MOUNT_TYPES = {"bind", "cache", "tmpfs", "secret", "ssh"}
_TERMINATOR = "DOCKGEN_HEREDOC"
_EXPOSED_VARIABLE = regex(r"\$\{(\w+)[^}\n]*\}")


@record
class Readable:
    """Text for hadolint; `origin[n]` is the line, from 1, that line n + 1 of the text stands for."""

    text: str
    origin: tuple[int, ...] | None = None

    def line(self, line: int) -> int:
        """Return the line of the file as it was written."""
        if self.origin is None:
            return line
        return self.origin[min(max(line, 1), len(self.origin)) - 1]


def readable(dockerfile: Dockerfile) -> Readable:
    """Return the file in a form that hadolint reads, unchanged where nothing needs to change."""
    if dockerfile.problems or not _SUSPECT.search(dockerfile.source):
        return Readable(dockerfile.source)
    lines = dockerfile.source.split("\n")
    inserted: list[int] = []
    for instruction in dockerfile.instructions:
        for part in (instruction, instruction.trigger):
            if part is not None:
                _rewrite_line_parts(lines, part)
                inserted += _rewrite_heredocs(lines, part) if part.heredocs else []
    return _with_blank_lines(lines, inserted)


def _with_blank_lines(lines: list[str], after: list[int]) -> Readable:
    """Insert a blank line after each of the given lines (from 1)."""
    if not after:
        return Readable("\n".join(lines))
    wanted, text, origin = set(after), [], []
    for number, line in enumerate(lines, 1):
        text.append(line)
        origin.append(number)
        if number in wanted:
            text.append("")
            origin.append(number)
    return Readable("\n".join(text), tuple(origin))


def _rewrite_line_parts(lines: list[str], instruction: Instruction) -> None:
    """Rewrite flags (from the last, so that spans stay right) and the ports of EXPOSE."""
    for flag in reversed(instruction.flags):
        if instruction.keyword == "RUN" and flag.name in {"mount", "device"}:
            # The blank keeps a continuation mark that follows directly out of the flag.
            _replace(lines, flag, _plain_mount(flag) + " " if flag.name == "mount" else "")
    if instruction.keyword == "EXPOSE":
        for number in range(instruction.span.start.line - 1, min(instruction.span.end.line, len(lines))):
            lines[number] = _EXPOSED_VARIABLE.sub(r"$\1", lines[number])


def _replace(lines: list[str], flag: Flag, text: str) -> None:
    start, end = flag.span.start, flag.span.end
    if start.line == end.line:
        line = lines[start.line - 1]
        lines[start.line - 1] = line[: start.column - 1] + text + line[end.column - 1 :]


def _plain_mount(flag: Flag) -> str:
    """Return a mount with what hadolint's rules look at: its type, target and source."""
    options = flag.options()
    kind = options.get("type", "bind")
    target = options.get("target") or options.get("dst") or options.get("destination")
    parts = [f"type={kind if kind in _MOUNT_TYPES else 'bind'}"]
    if target or kind not in {"secret", "ssh"}:
        parts.append(f"target={_word(target or '/mnt')}")
    parts += [f"{key}={_word(options[key])}" for key in ("id", "from", "source") if options.get(key)]
    return f"--mount={','.join(parts)}"


def _word(value: str) -> str:
    """Return an option's value without what would end the word: quotes and blanks."""
    return re.sub(r"[\s\"'\\]", "", value) or "/mnt"


def _rewrite_heredocs(lines: list[str], instruction: Instruction) -> list[int]:
    """Rewrite an instruction's here-documents; return the line that needs a blank line behind it."""
    head = range(instruction.span.start.line - 1, instruction.heredocs[0].span.start.line - 1)
    kept = instruction.heredocs[0] if instruction.keyword == "RUN" else None
    for heredoc in instruction.heredocs:
        name = f"<<{_TERMINATOR}" if heredoc is kept else ("" if kept else "heredoc")
        _replace_marker(lines, head, heredoc, name)
        _rewrite_body(lines, heredoc, keep=heredoc is kept)
    last = _terminator_line(instruction.heredocs[-1])
    follows = lines[last] if last < len(lines) else ""
    return [last] if follows.strip() else []


def _replace_marker(lines: list[str], head: range, heredoc: Heredoc, replacement: str) -> None:
    dash = "-" if heredoc.chomp else ""
    marker = re.compile(rf"\d*<<{dash}[\"'\\]?{re.escape(heredoc.name)}[\"']?(?![\w.-])")
    for number in head:
        changed, count = marker.subn(lambda _: replacement, lines[number], count=1)
        if count:
            lines[number] = changed
            return


def _terminator_line(heredoc: Heredoc) -> int:
    return heredoc.span.start.line + heredoc.content.count("\n")


def _rewrite_body(lines: list[str], heredoc: Heredoc, *, keep: bool) -> None:
    first, last = heredoc.span.start.line - 1, _terminator_line(heredoc) - 1
    for number in range(first, min(last, len(lines))):
        lines[number] = (lines[number].lstrip("\t") if heredoc.chomp else lines[number]) if keep else ""
    if last < len(lines):
        lines[last] = _TERMINATOR if keep else ""
