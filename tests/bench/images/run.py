"""Compare generated images with others, on the engine at hand: `make bench-images`.

An engine that has seen the same dependencies before answers from its build cache: for a second run,
`docker builder prune --all` first.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.images.measure import measure
from bench.images.rows import stacks
from bench.images.tables import figures_table, goals_table
from dockgen.errors import EngineError
from dockgen.verify.engine.docker import Docker


def main() -> int:
    """Measure and print; 0 when all was measured, whether or not the goals were met, 2 without an engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rebuilds after a source change (default: 3)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only stacks whose name has this in it")
    options = parser.parse_args()
    try:
        engine = Docker().describe()
        chosen = [stack for stack in stacks() if options.only.lower() in stack.name.lower()]
        measured = {
            stack: {name: measure(stack, name, options.rounds, _say) for name in stack.contestants}
            for stack in chosen
        }
    except EngineError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d}, {_machine()}, {engine}\n")
    print(figures_table(measured), goals_table(measured), sep="\n\n")
    return 0


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = "/".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, load {load}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
