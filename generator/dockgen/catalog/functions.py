"""The functions that expressions of stack files may call; each is total and bounded."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dockgen.catalog.relations import above, beside, lying_in, reached, values_in
from dockgen.catalog.versions import compare, in_range

_MAX_SUBJECT = 10_000


def slug(text: object) -> str:
    """Return lower-case letters, digits and single dashes: fit for cache ids and image names."""
    return re.sub(r"[^a-z0-9]+", "-", str(text or "").lower()).strip("-")


def env_name(text: object) -> str:
    """Return an environment variable's name."""
    return re.sub(r"[^A-Z0-9]+", "_", str(text or "").upper()).strip("_")


def only(items: Sequence[Any] | None) -> Any:
    """Return the one element of a list, None where there is none or more than one."""
    return items[0] if items and len(items) == 1 else None


def first(items: Sequence[Any] | None) -> Any:
    """Return the first element, None where there is none."""
    return items[0] if items else None


def unique(items: Sequence[Any] | None) -> list[Any]:
    """Return the elements once each, in order."""
    return list(dict.fromkeys(items or []))


def matches(pattern: str, text: object) -> bool:
    """Return whether the pattern is found in the text."""
    return re.search(pattern, str(text if text is not None else "")[:_MAX_SUBJECT]) is not None


def captured(pattern: str, text: object) -> str | None:
    """Return the first group of the first match."""
    found = re.search(pattern, str(text if text is not None else "")[:_MAX_SUBJECT])
    return (found[1] if found.re.groups else found[0]) if found else None


def replaced(pattern: str, by: str, text: object) -> str:
    """Return the text with every match replaced."""
    return re.sub(pattern, by, str(text if text is not None else "")[:_MAX_SUBJECT])


def any_in(wanted: Sequence[Any] | None, whole: Any) -> list[Any]:
    """Return those of `wanted` that are in a list or mapping."""
    return [item for item in wanted or [] if whole and item in whole]


def select(items: Sequence[Any] | None, pattern: str) -> list[Any]:
    """Return the elements in which the pattern is found."""
    return [item for item in items or [] if matches(pattern, item)]


def reject(items: Sequence[Any] | None, pattern: str) -> list[Any]:
    """Return the elements in which the pattern is not found."""
    return [item for item in items or [] if not matches(pattern, item)]


def without(items: Sequence[Any] | None, others: Any) -> list[Any]:
    """Return the elements that are not in another list or mapping."""
    return [item for item in items or [] if not others or item not in others]


def lookup(table: Mapping[str, Any], keys: Any) -> list[Any]:
    """Return the flattened values of a mapping for the keys that it has, once each, sorted."""
    found: list[Any] = []
    for key in keys or []:
        value = table.get(key)
        found += value if isinstance(value, list) else [] if value is None else [value]
    return sorted(set(found))


def gathered(rows: Sequence[Any] | None, field: str) -> list[Any]:
    """Return what a field of mappings holds, once each, in order: lists joined, empty values left out."""
    held = [row.get(field) for row in rows or [] if isinstance(row, Mapping)]
    listed = [item for value in held for item in (value if isinstance(value, list) else [value])]
    return unique([item for item in listed if item is not None and item not in ("", False)])


def under(folder: object, paths: Sequence[Any] | None) -> list[str]:
    """Return relative paths as seen from above the folder they are in; '' changes nothing."""
    return [posixpath.join(str(folder or ""), str(path)) for path in paths or []]


def under_each(folders: Sequence[Any] | None, name: object) -> list[str]:
    """Return the path of a file of that name in each folder."""
    return [posixpath.join(str(folder), str(name)) for folder in folders or []]


def joined(folder: object, path: object) -> str | None:
    """Return a path that a folder's file names, as seen from above that folder; None where it leads out."""
    found = posixpath.normpath(posixpath.join(str(folder or ""), str(path or "")))
    return None if found.startswith(("../", "/")) or found == ".." else found


def default(value: Any, otherwise: Any) -> Any:
    """Return the value unless it is None or empty."""
    return otherwise if value is None or value in ("", [], {}) else value


def one_line(value: object) -> str:
    """Return a text on one line, blanks and control characters as single blanks; '' for what is no text."""
    text = value[:_MAX_SUBJECT] if isinstance(value, str) else ""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", text).strip()


def licence(value: object) -> str:
    """Return a licence expression of SPDX as it is, '' for what is none: `GPLv2+`, `see LICENSE`."""
    # Not at the top: its list is read for projects that name a licence.
    from dockgen.licences import is_licence_expression

    text = one_line(value)
    return text if text and is_licence_expression(text) else ""


def words(text: object) -> list[str]:
    """Split a command line as a POSIX shell would; an unbalanced quote splits at blanks."""
    import shlex

    try:
        return shlex.split(str(text or ""))
    except ValueError:
        return str(text or "").split()


def pairs(texts: Sequence[Any] | None) -> dict[str, str]:
    """Return the mapping that `NAME=value` texts make."""
    return dict(str(text).split("=", 1) for text in texts or [] if "=" in str(text))


def fill(keys: Sequence[Any] | None, value: Any) -> dict[str, Any]:
    """Return a mapping that gives every key the same value."""
    return dict.fromkeys(map(str, keys or []), value)


def module_name(path: object) -> str:
    """Return the dotted name by which Python imports a file; a folder `src` is no part of it."""
    return re.sub(r"(?:(?:^|/)__init__)?\.py$", "", re.sub(r"^src/", "", str(path or ""))).replace("/", ".")


def package_names(requirements: Any) -> list[str]:
    """Return the names in a list of Python requirements (PEP 508), as indexes compare them."""
    from dockgen.project.requirement import parse_requirement

    listed = requirements if isinstance(requirements, list) else []
    parsed = [parse_requirement(text) for text in listed if isinstance(text, str)]
    return [found.name for found in parsed if found]


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "above": above,
    "any_in": any_in,
    "beside": beside,
    "bool": bool,
    "basename": lambda path: posixpath.basename(str(path or "").rstrip("/")),
    "captured": captured,
    "compare": compare,
    "default": default,
    "dirname": lambda path: posixpath.dirname(str(path or "").rstrip("/")),
    "endswith": lambda text, end: str(text or "").endswith(end),
    "env_name": env_name,
    "fill": fill,
    "first": first,
    "gathered": gathered,
    "in_range": in_range,
    "int": int,
    "joined": joined,
    "join": lambda items, by: str(by).join(str(item) for item in items or []),
    "keys": lambda table: list(table or {}),
    "licence": licence,
    "len": lambda whole: len(whole or ()),
    "lookup": lookup,
    "lying_in": lying_in,
    "lower": lambda text: str(text or "").lower(),
    "matches": matches,
    "module_name": module_name,
    "one_line": one_line,
    "only": only,
    "package_names": package_names,
    "pairs": pairs,
    "reached": reached,
    "reject": reject,
    "replaced": replaced,
    "select": select,
    "slug": slug,
    "sorted": lambda items: sorted(items or []),
    "split": lambda text, by: [part for part in str(text or "").split(by) if part],
    "startswith": lambda text, start: str(text or "").startswith(start),
    "str": lambda value: "" if value is None else str(value),
    "under": under,
    "under_each": under_each,
    "upper": lambda text: str(text or "").upper(),
    "unique": unique,
    "values_in": values_in,
    "values": lambda table: list((table or {}).values()),
    "without": without,
    "words": words,
}
