"""Until when distributions and languages get security updates.

The dates are in stacks/data/eol.json (endoflife.date) and, for what that does not hold, in bases.yaml.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache

from dockgen.catalog.bases import supplement
from dockgen.records import record
from dockgen.resources import bundled

ALIASES = {"alpine": "alpine-linux", "node": "nodejs", "golang": "go", "java": "eclipse-temurin"}


@record
class EndOfLife:
    """The end of one release cycle: ISO dates.

    `date` is None where the cycle is older than all that the data holds: it ended before the data begins.
    `extended` is the end of free long-term support by the project itself, where there is one.
    """

    product: str
    cycle: str
    date: str | None
    extended: str | None = None

    @property
    def last(self) -> str | None:
        """The last day on which anybody may expect an update without paying."""
        return max(filter(None, (self.date, self.extended)), default=None)


@cache
def _cycles() -> dict[str, dict[str, str | bool]]:
    with (bundled("stacks") / "data" / "eol.json").open(encoding="utf-8") as file:
        products = json.load(file)["products"]
    cycles = {name: {row["cycle"]: row["eol"] for row in rows} for name, rows in products.items()}
    return {**cycles, **{name: dict(rows) for name, rows in supplement("end_of_life").items()}}


@lru_cache(maxsize=1024)
def end_of_life(product: str, version: str, today: str) -> EndOfLife | None:
    """Return how a cycle ended if that is on or before `today` (ISO date).

    None where it still gets updates, has no date set, or is not known.
    """
    product = ALIASES.get(product, product)
    cycles = _cycles().get(product, {})
    cycle = next((name for name in _prefixes(version) if name in cycles), None)
    if cycle is None:
        return _older_than_known(product, version, cycles, today)
    date = cycles[cycle]
    extended = supplement("extended").get(product, {}).get(cycle)
    if isinstance(date, bool) or date > today:
        return None
    return EndOfLife(product, cycle, date, extended)


def _prefixes(version: str) -> list[str]:
    parts = version.split(".")
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _older_than_known(
    product: str, version: str, cycles: dict[str, str | bool], today: str
) -> EndOfLife | None:
    ended = [name for name, date in cycles.items() if isinstance(date, str) and date <= today]
    if not ended:
        return None
    oldest = min(cycles, key=_key)
    key = _key(version)
    # `3` may be any 3.x; only what is below the oldest known cycle even when cut to its length is older.
    older = key < _key(oldest)[: len(key)] and oldest in ended
    return EndOfLife(product, version, None) if older else None


def _key(version: str) -> tuple[int, ...]:
    return tuple(int(part[:9]) for part in version.split(".") if part.isascii() and part.isdigit())
