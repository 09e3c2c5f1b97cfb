"""One Python requirement: name, extras, version specifier, URL, marker (PEP 508; names as in PEP 503)."""

from __future__ import annotations

import re

from dockgen.records import record
from dockgen.regexes import regex

MAX_LENGTH = 2_000
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?"
_REQUIREMENT = regex(
    rf"""\s*(?P<name>{_NAME})\s*
    (?:\[(?P<extras>[^\]]*)\])?\s*
    (?: @\s*(?P<url>[^\s;]+)
      | \(?\s*(?P<specifier>(?:===|[<>=!~]=|[<>])[^;)]*)\)?
      | (?=[;\s]|\Z) )
    \s*(?:;(?P<marker>.*))?\Z""",
    re.VERBOSE | re.DOTALL,
)
_CREDENTIALS = regex(r"(?<=://)[^/@\s]*@")


@record
class Requirement:
    """A parsed requirement; `specifier` is `@ URL` for a direct reference, '' for any version."""

    name: str
    specifier: str = ""
    extras: tuple[str, ...] = ()
    url: str = ""
    marker: str = ""

    @property
    def is_pinned(self) -> bool:
        """Whether exactly one version or one file is meant."""
        if self.url:
            return bool(re.search(r"@[0-9a-f]{40}\b|#sha256=", self.url)) or self.url.endswith(
                (".whl", ".gz")
            )
        return bool(re.fullmatch(r"===?[^*,]+", self.specifier))


def normalise(name: str) -> str:
    """Return a package name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def without_credentials(url: str) -> str:
    """Return a URL without user and password."""
    return _CREDENTIALS.sub("", url)


def parse_requirement(text: str) -> Requirement | None:
    """Return the requirement that a text states; None where it states none."""
    match = _REQUIREMENT.match(text) if len(text) <= MAX_LENGTH else None
    if not match:
        return None
    url = without_credentials(match["url"] or "")
    specifier = re.sub(r"\s+", "", match["specifier"] or "")
    return Requirement(
        name=normalise(match["name"]),
        specifier=f"@ {url}" if url else specifier,
        extras=tuple(extra.strip() for extra in (match["extras"] or "").split(",") if extra.strip()),
        url=url,
        marker=(match["marker"] or "").strip(),
    )
