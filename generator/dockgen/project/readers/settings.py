"""`{file: F, settings: KEY}`: values of .properties and YAML settings by their dotted keys, read leniently.

Such files are often templates (`@project.version@`, `${PORT:8080}`), which a YAML parser refuses: nesting is
told by indentation alone. Keys are compared as Spring Boot does, in small letters and without dashes. Only
the first document of a file counts: later ones are those of a profile.
Source: https://docs.spring.io/spring-boot/reference/features/external-config.html (looked at in 2026-11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dockgen.errors import ProjectError
from dockgen.project.facts import Found, Origin
from dockgen.project.select import as_list, selected
from dockgen.project.tree import Tree
from dockgen.regexes import regex

OPTIONS: frozenset[str] = frozenset()
_PROPERTY = regex(r"\s*([\w.\-]{1,200})\s*[=:]\s*(.*?)\s*$")
_ENTRY = regex(r"( *)([\w.\-]{1,200}|\"[\w.\-]{1,200}\"|'[\w.\-]{1,200}')\s*:(?:\s+(.*?))?\s*$")
_MAX_LINE = 1_000


def read(tree: Tree, source: Mapping[str, Any]) -> list[Found]:
    """Return the value of each key in each file; files that are no text have none."""
    wanted = {_plain(str(key)) for key in as_list(source["settings"])}
    return [
        (value, Origin(path, line))
        for path in selected(tree, source)
        for key, value, line in _settings(path, _text(tree, path))
        if key in wanted and value
    ]


def _text(tree: Tree, path: str) -> str:
    try:
        return tree.text(path) or ""
    except ProjectError:
        return ""


def _settings(path: str, text: str) -> Iterator[tuple[str, str, int]]:
    """Yield keys, values and lines of the first document."""
    return _properties(text) if path.endswith(".properties") else _nested(text)


def _properties(text: str) -> Iterator[tuple[str, str, int]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() in ("#---", "!---"):
            return
        if line.lstrip()[:1] not in ("#", "!") and (found := _PROPERTY.match(line[:_MAX_LINE])):
            yield _plain(found[1]), found[2], number


def _nested(text: str) -> Iterator[tuple[str, str, int]]:
    open_: list[tuple[int, str]] = []
    begun = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.rstrip() == "---" and begun:
            return
        found = _ENTRY.match(line[:_MAX_LINE])
        if not found:
            continue
        begun = True
        depth = len(found[1])
        open_ = [(at, name) for at, name in open_ if at < depth]
        open_.append((depth, _plain(found[2].strip("\"'"))))
        yield ".".join(name for _, name in open_[:20]), _value(found[3] or ""), number


def _value(text: str) -> str:
    """Return a scalar without its quotes or its comment."""
    if text[:1] in ('"', "'"):
        return text[1:].partition(text[0])[0]
    return re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()


def _plain(key: str) -> str:
    return key.replace("-", "").lower()
