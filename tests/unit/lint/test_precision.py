"""The judged findings are data: enough of them, from enough places, and right as often as is claimed."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dockgen.lint import pages

JUDGED = Path(__file__).parents[2] / "precision" / "judged.yaml"
KEYS = {"repository", "path", "commit", "line", "id", "verdict", "why"}


# Share of right findings as first found in each sample of files that no rule had seen, see docs/precision.md.
SHARES = {
    "fresh": 0.88,
    "fresh-2": 0.86,
    "fresh-3": 0.92,
    "fresh-4": 0.92,
    "fresh-5": 0.94,
    "fresh-6": 0.76,
    "fresh-7": 0.88,
    "fresh-8": 0.83,
    "fresh-9": 0.78,
    "fresh-10": 0.88,
    "fresh-11": 0.90,
    "fresh-12": 0.84,
    "fresh-13": 0.78,
    "fresh-14": 0.95,
    "fresh-15": 0.83,
    "fresh-16": 0.80,
    "fresh-17": 0.76,
    "fresh-18": 0.84,
    "fresh-19": 0.75,
    "fresh-20": 0.89,
}


@cache
def everything() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(JUDGED.read_text(), Loader=yaml.CSafeLoader)
    return loaded


def judged(sample: str | None) -> list[dict[str, Any]]:
    """The rows of one sample, None for the files that the rules were first mended on."""
    return [row for row in everything()["judged"] if row.get("sample") == sample]


def test_the_judged_list() -> None:
    rows = judged(None)
    assert set().union(*rows) == KEYS
    verdicts = Counter(row["verdict"] for row in rows)
    assert set(verdicts) <= {"right", "wrong", "unclear"}
    assert len({(row["repository"], row["path"]) for row in rows}) >= 100
    assert len({row["repository"] for row in rows}) >= 30
    # As first found, before the wrong ones were mended.
    assert verdicts["right"] / len(rows) >= 0.9
    assert all(pages.is_rule(row["id"]) for row in rows)


@pytest.mark.parametrize("sample", SHARES)
def test_the_fresh_samples(sample: str) -> None:
    rows = judged(sample)
    looked_at = everything()[sample]
    assert set().union(*rows) == KEYS | {"sample"}
    assert all(pages.is_rule(row["id"]) and row["why"] for row in rows)
    assert looked_at["files"] >= 80 and looked_at["repositories"] >= 28
    assert looked_at["findings"] == len(rows)
    # As first found, which is less than on the files that the rules were mended on.
    verdicts = Counter(row["verdict"] for row in rows)
    assert set(verdicts) <= {"right", "wrong", "unclear"}
    assert verdicts["right"] / len(rows) >= SHARES[sample]
    # What is left without the wrong ones, most of which were mended.
    assert verdicts["right"] / (len(rows) - verdicts["wrong"]) >= 0.95


def test_no_repository_is_in_two_samples() -> None:
    samples = [{row["repository"] for row in judged(sample)} for sample in (None, *SHARES)]
    assert sum(map(len, samples)) == len(set().union(*samples))
