"""Names that a workflow puts together, held against an expression that tries everything."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

from dockgen.lint.knowledge.own_images import _fills
from dockgen.lint.knowledge.project_files import state


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


def test_kept_results_change_with_the_remote(tmp_path: Path) -> None:
    config = tmp_path / ".git" / "config"
    config.parent.mkdir()
    config.write_text('[remote "origin"]\n\turl = https://github.com/acme/app\n')
    before = state(tmp_path)
    config.write_text('[remote "origin"]\n\turl = https://github.com/example/app\n')
    assert state(tmp_path) != before
