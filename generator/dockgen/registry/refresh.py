"""`python -m dockgen.registry.refresh`: bring stacks/data/images.json and eol.json up to date.

Each known tag is asked for its digest of today; a tag that is gone keeps its entry. New tags are added by
name (`--add repository:tag`): which releases to follow is a decision. Ends of life are endoflife.date's.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dockgen.errors import DockgenError, EngineError
from dockgen.registry.client import Registry
from dockgen.resources import bundled

EOL_API = "https://endoflife.date/api"


def refreshed(data: dict[str, Any], registries: dict[str, Registry], month: str) -> list[str]:
    """Ask for each entry's digest and change the data in place; return what happened, a line each."""
    lines = []
    for entry in data["images"]:
        host, _, repository = entry["image"].partition("/")
        registry = registries.setdefault(host, Registry(host))
        try:
            manifest = registry.manifest(repository, entry["tag"])
        except EngineError as error:
            lines.append(f"kept     {entry['image']}:{entry['tag']}: {error.message}")
            continue
        if manifest.digest != entry["digest"]:
            lines.append(f"changed  {entry['image']}:{entry['tag']}")
        entry |= {"digest": manifest.digest, "seen": month}
        if manifest.platforms:
            entry["platforms"] = list(manifest.platforms)
    return lines


def added(data: dict[str, Any], names: Sequence[str]) -> None:
    """Add entries for `repository:tag`, like the newest known one of that repository."""
    for name in names:
        repository, _, tag = name.rpartition(":")
        like = [entry for entry in data["images"] if entry["image"] == repository]
        if not like:
            raise EngineError(
                f"{repository} is not in the data yet", "add its first entry by hand, with its user and shell"
            )
        if not any(entry["tag"] == tag for entry in like):
            data["images"].append({**like[-1], "tag": tag, "digest": ""})
    data["images"].sort(key=lambda entry: (entry["image"], entry["tag"]))


def cycles(product: str) -> list[dict[str, Any]]:
    """Return a product's release cycles from endoflife.date, in the shape of eol.json."""
    with urllib.request.urlopen(f"{EOL_API}/{product}.json", timeout=30) as answer:  # noqa: S310 - a constant https address
        rows = json.loads(answer.read(4_000_000))
    names = {"cycle": "cycle", "releaseDate": "release_date", "latest": "latest", "lts": "lts", "eol": "eol"}
    return [{new: row[old] for old, new in names.items() if row.get(old) not in (None, "")} for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    """Refresh the data files; 0 done, 2 where nothing could be reached."""
    parser = argparse.ArgumentParser(prog="python -m dockgen.registry.refresh", description=__doc__)
    parser.add_argument("--add", action="append", default=[], metavar="REPOSITORY:TAG")
    parser.add_argument("--eol", action="store_true", help="also the ends of life")
    options = parser.parse_args(arguments)
    folder = bundled("stacks") / "data"
    try:
        _refresh_images(folder / "images.json", options.add)
        if options.eol:
            _refresh_ends(folder / "eol.json")
    except (DockgenError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _refresh_images(path: Path, names: Sequence[str]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    added(data, names)
    lines = refreshed(data, {}, datetime.date.today().strftime("%Y-%m"))
    data["images"] = [entry for entry in data["images"] if entry["digest"]]
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join([*lines, f"{len(data['images'])} images in {path.name}"]) + "\n")


def _refresh_ends(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    data["products"] = {product: cycles(product) for product in data["products"]}
    data["about"] = (
        f"Release cycles and end-of-life dates as endoflife.date held them on {datetime.date.today()}."
    )
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
