"""The judged findings are data: enough of them, from enough places, and right as often as is claimed."""

from collections import Counter
from pathlib import Path

import yaml

from dockgen.lint import pages

JUDGED = Path(__file__).parents[2] / "precision" / "judged.yaml"


def test_the_judged_list() -> None:
    rows = yaml.safe_load(JUDGED.read_text())["judged"]
    assert {"repository", "path", "commit", "line", "id", "verdict", "why"} == set().union(*rows)
    verdicts = Counter(row["verdict"] for row in rows)
    assert set(verdicts) <= {"right", "wrong", "unclear"}
    assert len({(row["repository"], row["path"]) for row in rows}) >= 100
    assert len({row["repository"] for row in rows}) >= 30
    # As first found, before the wrong ones were mended.
    assert verdicts["right"] / len(rows) >= 0.9
    assert all(pages.is_rule(row["id"]) for row in rows)
