"""Compare dockgen's speed with that of other generators and linters: `make bench [CORPUS=folder]`.

Everything runs in turn, medians are shown, and what is needed is fetched into .cache/bench.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import generating, linting
from bench.measuring import Row, table


def main() -> int:
    """Run the comparisons; 0 when all were made, whether or not the goals were met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "corpus", nargs="?", default=os.environ.get("CORPUS") or None, help="a folder of Dockerfiles"
    )
    parser.add_argument("--rounds", type=int, default=7, help="runs of each contestant (default: 7)")
    parser.add_argument("--with-checkov", action="store_true", help="install and compare checkov, too")
    parser.add_argument("--only", choices=("new", "lint"), help="one half of the comparisons")
    options = parser.parse_args()
    corpus = Path(options.corpus).resolve() if options.corpus else None
    if corpus and not corpus.is_dir():
        parser.error(f"{corpus} is no folder")
    rows: list[Row] = []
    if options.only != "lint":
        rows += generating.rows(options.rounds)
    if options.only != "new":
        rows += linting.rows(corpus, options.rounds, options.with_checkov or corpus is not None)
    load = "/".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, load {load}; medians of {options.rounds}\n"
    )
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
