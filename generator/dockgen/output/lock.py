"""`dockgen.lock`: what the generated files were made of, and their text as it was written.

YAML in a stable order without dates, so that it changes only when something changed. Numbers are whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dockgen.errors import OutputError, ProjectError
from dockgen.output.scalar import block_scalar, scalar
from dockgen.project.document import Document
from dockgen.records import field, record
from dockgen.regexes import regex

VERSION = 1
_DIGEST = regex(r"sha256:[0-9a-f]{64}\Z")
_HEAD = "# Written by dockgen, with the files below; commit it, and leave it as it is.\n"
_HINT = "Restore it from version control, or remove it and run `dockgen new --force`, which keeps backups."


@record
class StackVersion:
    """The stack data that was used."""

    name: str
    version: str


@record
class TemplateVersion:
    """The template that was used; `digest` is of its text and that of all it includes."""

    name: str
    digest: str


@record
class Lock:
    """The lock's content.

    `images` maps `name:tag` to `sha256:…`; `files` maps paths to the pristine text; `container` is what
    other commands need to know of the container (port, health route, secrets, writable paths …).
    """

    dockgen: str
    stack: StackVersion
    template: TemplateVersion
    images: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    container: Mapping[str, Any] = field(default_factory=dict)
    version: int = VERSION


def dump(lock: Lock) -> str:
    """Return the lock's text: the same for equal locks; raises OutputError for what YAML cannot hold."""
    parts = [
        _HEAD,
        f"version: {lock.version}\n",
        f"dockgen: {scalar(lock.dockgen)}\n",
        f"stack:\n  name: {scalar(lock.stack.name)}\n  version: {scalar(lock.stack.version)}\n",
        f"template:\n  name: {scalar(lock.template.name)}\n  digest: {scalar(lock.template.digest)}\n",
        _mapping("images", {name: scalar(digest) for name, digest in lock.images.items()}),
        f"container:{_node(lock.container, 1)}\n",
        _mapping("files", {path: block_scalar(text, "    ") for path, text in lock.files.items()}),
    ]
    return "".join(parts)


def _mapping(name: str, rows: Mapping[str, str]) -> str:
    if not rows:
        return f"{name}: {{}}\n"
    return f"{name}:\n" + "".join(f"  {scalar(key)}: {value}\n" for key, value in sorted(rows.items()))


def _node(value: Any, level: int) -> str:
    """Return a plain value as it follows a colon or dash."""
    pad = "\n" + "  " * level
    if isinstance(value, Mapping) and value:
        return "".join(f"{pad}{scalar(str(key))}:{_node(value[key], level + 1)}" for key in sorted(value))
    if isinstance(value, list | tuple) and value:
        return "".join(f"{pad}-{_node(item, level + 1)}" for item in value)
    if isinstance(value, Mapping):
        return " {}"
    if isinstance(value, list | tuple):
        return " []"
    if isinstance(value, bool) or value is None:
        return {None: " null", True: " true", False: " false"}[value]
    if isinstance(value, int):
        return f" {value}"
    if isinstance(value, str):
        return f" {scalar(value)}"
    raise OutputError(f"the lock cannot hold {value!r}", "Use text, whole numbers, lists and mappings.")


@lru_cache(maxsize=2)
def load(text: str, path: str = "dockgen.lock") -> Lock:
    """Return the lock that a text holds; raises OutputError with file and line where it is none.

    A run reads its project's lock to know what it wrote, and again to write: it is taken apart once.
    """
    from dockgen.project.yaml_text import parse_yaml

    try:
        document = parse_yaml(text, path)
    except ProjectError as error:
        raise OutputError(error.message, _HINT) from error
    reader = _Reader(document, path)
    reader.check_version()
    stack, template = reader.mapping("stack"), reader.mapping("template")
    return Lock(
        dockgen=reader.text(document.data, "dockgen"),
        stack=StackVersion(reader.text(stack, "name", "stack"), reader.text(stack, "version", "stack")),
        template=TemplateVersion(
            reader.text(template, "name", "template"), reader.text(template, "digest", "template")
        ),
        images=reader.texts("images", _DIGEST),
        files=reader.texts("files"),
        container=reader.mapping("container"),
    )


@record
class _Reader:
    """Takes a document apart, with the line of what is wrong."""

    document: Document
    path: str

    def wrong(self, reason: str, *address: str) -> OutputError:
        line = self.document.line(address)
        return OutputError(f"{self.path}{f':{line}' if line else ''}: {reason}", _HINT)

    def check_version(self) -> None:
        if not isinstance(self.document.data, dict):
            raise self.wrong("not a lock of dockgen's")
        version = self.document.data.get("version")
        if version != VERSION:
            reason = f"the lock's version is {version!r}, and this dockgen knows {VERSION} only"
            raise self.wrong(reason, "version")

    def mapping(self, name: str) -> dict[str, Any]:
        value = self.document.data.get(name)
        if isinstance(value, dict):
            return value
        raise self.wrong(f"{name} should be a mapping", name)

    def text(self, data: Mapping[str, Any], name: str, *around: str) -> str:
        value = data.get(name)
        if isinstance(value, str):
            return value
        raise self.wrong(f"{name} should be text", *around, name)

    def texts(self, name: str, shape: re.Pattern[str] | None = None) -> dict[str, str]:
        rows = self.mapping(name)
        for key, value in rows.items():
            if not isinstance(value, str) or (shape and not shape.match(value)):
                raise self.wrong(f"{name}: the entry {key!r} is malformed", name, key)
        return rows
