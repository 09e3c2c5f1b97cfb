"""XML as data: names without their namespace, `@name` for attributes, text alone where there is nothing else.

Document types are refused: they are where entity bombs and outside entities come from.
"""

from __future__ import annotations

from typing import Any

from dockgen.project.document import MAX_DEPTH, Document, malformed
from dockgen.project.keypath import Address

MAX_ELEMENTS = 200_000


def parse_xml(text: str, path: str) -> Document:
    """Return the document of an XML text: a mapping with the root element's name.

    Raises ProjectError for malformed XML and for any document type declaration.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate("utf-8")
    builder = _Builder(parser, path)
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise malformed(path, error.lineno, "XML", expat.ErrorString(error.code)) from error
    return Document(builder.root.data, lambda: builder.lines, single_items=True)


class _Element:
    """An element that is being read."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.data: dict[str, Any] = {}
        self.text: list[str] = []


class _Builder:
    """Takes expat's events and makes data of them."""

    def __init__(self, parser: Any, path: str) -> None:
        self.root = _Element(())
        self.lines: dict[Address, int] = {}
        self._parser = parser
        self._path = path
        self._open = [self.root]
        self._count = 0
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take_text
        parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise self._error("it declares a document type, which is not read (entities)")

    def _error(self, reason: str) -> Exception:
        return malformed(self._path, self._parser.CurrentLineNumber, "XML", reason)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise self._error(f"deeper than {MAX_DEPTH} levels or more than {MAX_ELEMENTS:,} elements")
        parent = self._open[-1]
        name = name.rpartition(":")[2]
        earlier = parent.data.get(name)
        address: Address = (*parent.address, name)
        self.lines.setdefault(address, self._parser.CurrentLineNumber)
        if earlier is not None:
            address = (*address, len(earlier) if isinstance(earlier, list) else 1)
            self.lines[address] = self._parser.CurrentLineNumber
        element = _Element(address)
        element.data = {f"@{key.rpartition(':')[2]}": value for key, value in attributes.items()}
        self._open.append(element)

    def _take_text(self, text: str) -> None:
        self._open[-1].text.append(text)

    def _end(self, name: str) -> None:
        element = self._open.pop()
        text = "".join(element.text).strip()
        if element.data and text:
            element.data["#text"] = text
        _put(self._open[-1].data, name.rpartition(":")[2], element.data or text)


def _put(data: dict[str, Any], name: str, value: Any) -> None:
    """Add a child; a name that comes again makes a list."""
    if name not in data:
        data[name] = value
    elif isinstance(data[name], list):
        data[name].append(value)
    else:
        data[name] = [data[name], value]
