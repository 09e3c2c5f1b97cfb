"""YAML data files: fast loading, and the line of a key for error messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from dockgen import kept
from dockgen.errors import CatalogError
from dockgen.resources import bundled

_MAX_BYTES = 2_000_000


def loader() -> Any:
    """Return PyYAML's safe loader, in C where there is one; importing PyYAML takes a tenth of a short run."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def documents(path: Path, count: int) -> list[Any]:
    """Return the first `count` YAML documents of a file; later ones are not even parsed.

    Raises CatalogError with `file:line` for a file that is missing, too large or malformed.
    """
    parsed = _parsed_at_build(path, count)
    if parsed is not None:
        return parsed
    found: list[Any] = kept.data(path, str(count), lambda: _read(path, count))
    return found


def _parsed_at_build(path: Path, count: int) -> list[Any] | None:
    """Return what a wheel carries of a bundled file; None in a checkout, and where the file was changed."""
    if not path.is_relative_to(bundled("stacks")):
        return None
    try:
        with path.with_name(f"{path.name}.jsonl").open(encoding="utf-8") as lines:
            size, *found = (json.loads(line) for line in islice(lines, count + 1))
        return found if size == path.stat().st_size else None
    except (OSError, ValueError):
        return None


def _read(path: Path, count: int) -> list[Any]:
    import yaml

    loaded = []
    try:
        text = _text(path)
        for document in yaml.load_all(text, Loader=loader()):
            loaded.append(document)
            if len(loaded) == count:
                break
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or str(error)
        raise CatalogError(f"{place}: not valid YAML: {problem}") from error
    except RecursionError as error:
        raise CatalogError(f"{path}: nested too deeply") from error
    return loaded


def line_of(path: Path, document: int, keys: Sequence[str | int]) -> int:
    """Return the line on which a key path stands; the nearest known ancestor's where it does not."""
    import yaml

    nodes = list(yaml.compose_all(_text(path), Loader=loader()))
    node, line = nodes[document], nodes[document].start_mark.line + 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == str(key)]
            if not found:
                return line
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
    return line


@cache
def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise CatalogError(f"{path}: larger than {_MAX_BYTES} bytes")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path}: cannot be read: {error}") from error
