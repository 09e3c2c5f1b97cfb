"""YAML for data: no tags, no merge keys acted upon, aliases within a budget, with the line of each key.

Plain scalars are text, but for null, booleans and whole numbers: a version `3.10` stays `3.10`.
"""

from __future__ import annotations

from typing import Any

from dockgen.errors import ProjectError
from dockgen.project.document import MAX_ADDRESS, MAX_DEPTH, Document, malformed
from dockgen.project.keypath import Address
from dockgen.regexes import regex

MAX_NODES = 200_000
# The parser compares each directive with all the others.
MAX_DIRECTIVES = 50
_WHOLE = regex(r"[-+]?(?:0|[1-9][0-9]{0,18})\Z")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def parse_yaml(text: str, path: str, *, unique: bool = False) -> Document:
    """Return the first document of a YAML text; raises ProjectError with the line of the mistake.

    `unique`: a key that stands twice in one mapping is a mistake; otherwise the last one counts.
    """
    import yaml

    if text.count("\n%") > MAX_DIRECTIVES:
        raise malformed(path, None, "YAML", f"more than {MAX_DIRECTIVES} directives")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(yaml, path, unique=unique)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "it cannot be parsed"
        raise malformed(path, mark.line + 1 if mark else None, "YAML", reason) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise malformed(path, None, "YAML", str(error).partition("\n")[0]) from error
    return Document(builder.root, lambda: builder.lines)


class _Builder:
    """Makes data of parser events without recursion, so that no input is too deep or too large for it."""

    def __init__(self, yaml: Any, path: str, *, unique: bool) -> None:
        self.root: Any = None
        self.lines: dict[Address, int] = {}
        self._yaml = yaml
        self._path = path
        self._unique = unique
        self._open: list[Any] = []
        self._address: list[Any] = []
        self._anchors: dict[str, Any] = {}
        self._nodes = 0

    def take(self, event: Any) -> None:
        """Take in one event."""
        yaml = self._yaml
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._anchored(event, _scalar(event)), line)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._begin(container, event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._address.pop()
            self._close_key()

    def _begin(self, container: Any, event: Any, line: int) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise malformed(self._path, line, "YAML", f"nested deeper than {MAX_DEPTH} levels")
        self._add(container, line, closed=False)
        self._anchored(event, container)
        self._open.append(container)
        self._address.append(None if isinstance(container, dict) else 0)

    def _anchored(self, event: Any, value: Any) -> Any:
        if event.anchor:
            self._anchors[event.anchor] = value
        return value

    def _alias(self, event: Any, line: int) -> None:
        if event.anchor not in self._anchors:
            raise malformed(self._path, line, "YAML", f"the alias *{event.anchor} names nothing")
        value = self._anchors[event.anchor]
        if any(value is container for container in self._open):
            raise malformed(self._path, line, "YAML", f"the alias *{event.anchor} holds itself")
        self._add(self._copied(value, line), line)

    def _copied(self, value: Any, line: int) -> Any:
        """Return a copy of an alias's target: what it takes counts like text written out."""
        self._count(line)
        if isinstance(value, dict):
            return {key: self._copied(item, line) for key, item in value.items()}
        if isinstance(value, list):
            return [self._copied(item, line) for item in value]
        return value

    def _count(self, line: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise malformed(self._path, line, "YAML", f"more than {MAX_NODES:,} values, aliases written out")

    def _add(self, value: Any, line: int, *, closed: bool = True) -> None:
        """Put a value where the innermost open container expects it: as root, item, key or key's value."""
        self._count(line)
        if not self._open:
            self.root = value
            return
        container = self._open[-1]
        if isinstance(container, list):
            container.append(value)
            self._address[-1] = len(container) - 1
            self._note(line)
        elif self._address[-1] is None:
            self._name_key(value, line)
            return
        else:
            container[self._address[-1]] = value
        if closed:
            self._close_key()

    def _name_key(self, value: Any, line: int) -> None:
        if isinstance(value, dict | list):
            raise malformed(self._path, line, "YAML", "a mapping or list as a key")
        self._address[-1] = "" if value is None else str(value)
        if self._unique and self._address[-1] in self._open[-1]:
            first = self.lines.get(tuple(self._address), line)
            raise ProjectError(
                f"{self._path}:{line}: {value!r} stands twice, on lines {first} and {line}",
                "keep one of them",
            )
        self._note(line)

    def _note(self, line: int) -> None:
        if len(self._address) <= MAX_ADDRESS:
            self.lines[tuple(self._address)] = line

    def _close_key(self) -> None:
        if self._open and isinstance(self._open[-1], dict):
            self._address[-1] = None


def _scalar(event: Any) -> Any:
    text = event.value
    if event.style not in (None, "") or event.tag:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.match(text) else text
