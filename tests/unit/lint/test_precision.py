"""The judged findings are data: enough of them, from enough places, and right as often as is claimed."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from dockgen.lint import pages

JUDGED = Path(__file__).parents[2] / "precision" / "judged.yaml"
KEYS = {"repository", "path", "commit", "line", "id", "verdict", "why"}


def judged(fresh: bool) -> list[dict[str, Any]]:
    """The rows of one sample: the files that no rule was tuned on, or those that the rules were mended on."""
    rows = yaml.safe_load(JUDGED.read_text())["judged"]
    return [row for row in rows if (row.get("sample") == "fresh") is fresh]


def test_the_judged_list() -> None:
    rows = judged(fresh=False)
    assert set().union(*rows) == KEYS
    verdicts = Counter(row["verdict"] for row in rows)
    assert set(verdicts) <= {"right", "wrong", "unclear"}
    assert len({(row["repository"], row["path"]) for row in rows}) >= 100
    assert len({row["repository"] for row in rows}) >= 30
    # As first found, before the wrong ones were mended.
    assert verdicts["right"] / len(rows) >= 0.9
    assert all(pages.is_rule(row["id"]) for row in rows)


def test_the_fresh_sample() -> None:
    rows = judged(fresh=True)
    looked_at = yaml.safe_load(JUDGED.read_text())["fresh"]
    assert set().union(*rows) == KEYS | {"sample"}
    assert all(pages.is_rule(row["id"]) and row["why"] for row in rows)
    assert looked_at["files"] >= 100 and looked_at["repositories"] >= 30
    assert looked_at["findings"] == len(rows)
    assert not {row["repository"] for row in rows} & {row["repository"] for row in judged(fresh=False)}
    # As first found, which is less than on the files that the rules were mended on.
    verdicts = Counter(row["verdict"] for row in rows)
    assert set(verdicts) <= {"right", "wrong", "unclear"}
    assert verdicts["right"] / len(rows) >= 0.88
    # Each wrong one was mended: what is left.
    assert verdicts["right"] / (len(rows) - verdicts["wrong"]) >= 0.95
