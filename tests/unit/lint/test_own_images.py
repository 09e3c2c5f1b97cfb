"""Names that a workflow puts together, held against an expression that tries everything."""

from __future__ import annotations

import random
import re
import time

from dockgen.lint.knowledge.own_images import _fills


def test_a_name_fits_as_an_expression_would_say() -> None:
    dice = random.Random(7)
    for _ in range(20_000):
        parts = ["".join(dice.choices("ab/-", k=dice.randrange(3))) for _ in range(dice.randrange(1, 5))]
        name = "".join(dice.choices("ab/-:", k=dice.randrange(9)))
        wanted = re.fullmatch(r"[\w.-]+".join(map(re.escape, parts)), name) is not None
        assert _fills(parts, name) is wanted, (parts, name)


def test_many_expressions_in_a_row_take_no_time() -> None:
    began = time.monotonic()
    assert not _fills(["", *[""] * 40, "-z"], "a" * 200)
    assert not _fills([*["a"] * 40, "z"], "a" * 200)
    assert time.monotonic() - began < 1
