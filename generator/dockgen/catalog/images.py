"""Known images by tag and digest: dated data, so that no network is needed.

Source: stacks/data/images.json, whose `about` says where it comes from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from dockgen.catalog.versions import parts
from dockgen.errors import CatalogError
from dockgen.records import record
from dockgen.resources import bundled


@record
class ImageRecord:
    """One tag of one repository with its digest; `seen` is the month (YYYY-MM) it was observed."""

    repository: str
    tag: str
    digest: str
    seen: str
    shell: bool | None = None
    package_manager: str | None = None
    libc: str | None = None
    user: str | None = None
    platforms: tuple[str, ...] = ()


@record
class ImageQuery:
    """What a stack asks for: a repository with a tag, a pattern of tags, or a version and a suffix.

    `pattern` and `suffix` are regular expressions, as in `-alpine\\d[.\\d]*`.
    """

    repository: str
    tag: str | None = None
    version: str | None = None
    suffix: str = ""
    pattern: str | None = None

    @staticmethod
    def read(spec: Any) -> ImageQuery:
        """Return the query of a stack file's `{image:, tag:}` or `{image:, version:, suffix:}`."""
        if not isinstance(spec, dict) or "image" not in spec:
            raise CatalogError(f"an image is a mapping with `image`, not {spec!r}")
        version, tag = spec.get("version"), spec.get("tag")
        return ImageQuery(
            spec["image"],
            None if tag is None else str(tag),
            None if version is None else str(version),
            str(spec.get("suffix") or ""),
            spec.get("pattern"),
        )

    def __str__(self) -> str:
        return f"{self.repository}:{self.tag or self.pattern or f'{self.version}{self.suffix}'}"


@cache
def records() -> tuple[ImageRecord, ...]:
    """Return every known image."""
    path = bundled("stacks") / "data" / "images.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["images"]
        return tuple(_record(entry) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogError(f"{path}: cannot be read as image data: {error}", "reinstall dockgen") from error


def _record(entry: dict[str, Any]) -> ImageRecord:
    optional = {key: entry.get(key) for key in ("shell", "package_manager", "libc", "user")}
    platforms = tuple(entry.get("platforms", ()))
    return ImageRecord(
        entry["image"], entry["tag"], entry["digest"], entry["seen"], platforms=platforms, **optional
    )


def find(query: ImageQuery) -> ImageRecord | None:
    """Return the newest known image that answers a query."""
    found = [record for record, _ in _answers(query)]
    return max(found, key=lambda record: (parts(record.tag), record.seen), default=None)


def by_reference(repository: str, tag: str) -> ImageRecord | None:
    """Return the record of exactly that tag."""
    return next((r for r in records() if r.repository == repository and r.tag == tag), None)


def cycles(query: ImageQuery, length: int) -> list[str]:
    """Return the release cycles (`length` numbers each) that a query's repository has, newest first."""
    found = {".".join(map(str, parts(version)[:length])) for _, version in _answers(query)}
    return sorted((cycle for cycle in found if cycle), key=parts, reverse=True)


def _answers(query: ImageQuery) -> Iterator[tuple[ImageRecord, str]]:
    wanted = re.escape(query.version) if query.version else r"\d+"
    shape = re.compile(rf"({wanted}(?:[.\d]*(?:_\d+)?)?){query.suffix}")
    for image in records():
        if image.repository != query.repository:
            continue
        if query.tag is not None:
            if image.tag == query.tag:
                yield image, image.tag
        elif query.pattern is not None:
            if re.fullmatch(query.pattern, image.tag):
                yield image, image.tag
        elif (match := shape.fullmatch(image.tag)) and _starts(match[1], query.version):
            yield image, match[1]


def _starts(version: str, wanted: str | None) -> bool:
    return wanted is None or parts(version)[: len(parts(wanted))] == parts(wanted)
