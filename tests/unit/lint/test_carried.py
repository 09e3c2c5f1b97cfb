"""Files that stages hand on: each place is looked at once."""

from __future__ import annotations

import time

from dockgen.dockerfile.parser import parse
from dockgen.lint.analysis.carried import is_carried


def chain(stages: int, last: str) -> str:
    """Return a file of stages that copy from all before them."""
    lines = ["FROM scratch AS s0", "COPY . /app"]
    for number in range(1, stages):
        lines += [f"FROM scratch AS s{number}"]
        lines += [f"COPY --from=s{before} /app /app" for before in range(number)]
    return "\n".join([*lines, "FROM scratch", last, ""])


def carried(text: str) -> bool:
    dockerfile = parse(text)
    first = dockerfile.stages[0]
    return is_carried(dockerfile, first, first.instructions[-1], ".", ".env")


def test_stages_that_copy_from_all_before_them_take_no_time() -> None:
    began = time.monotonic()
    assert not carried(chain(24, "COPY --from=s23 /other /other"))
    assert carried(chain(24, "COPY --from=s23 /app /app"))
    assert time.monotonic() - began < 5
