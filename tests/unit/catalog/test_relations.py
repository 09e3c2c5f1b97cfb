"""Which file needs which, and which lies beside which."""

from __future__ import annotations

import pytest

from dockgen.catalog.expression import evaluate
from dockgen.catalog.relations import above, beside, reached


def test_what_is_needed_by_what_is_needed_is_reached_nearest_first() -> None:
    edges = ["web=core", "web=data", "data=core", "core=text", "tool=text"]
    assert reached(["web"], edges) == ["web", "core", "data", "text"]


def test_a_circle_ends() -> None:
    assert reached(["a"], ["a=b", "b=a", "b=b"]) == ["a", "b"]


@pytest.mark.parametrize("edges", [None, [], ["web"], ["web="]])
def test_what_leads_nowhere_reaches_itself(edges: list[str] | None) -> None:
    assert reached(["web"], edges) == ["web"]
    assert reached([None], edges) == []


def test_a_long_chain_is_bounded() -> None:
    edges = [f"{number}={number + 1}" for number in range(9_000)]
    assert len(reached(["0"], edges)) == 5_000


def test_beside_takes_what_lies_in_the_folder_of_a_file_or_below() -> None:
    texts = ["src/web/settings.json=80", "src/web/area/a.cs=/up", "src/website/a.cs=/no"]
    assert beside(texts, ["src/web/web.csproj"]) == texts[:2]
    assert beside(texts, ["web.csproj"]) == texts
    assert beside(texts, []) == beside(None, ["a"]) == []


def test_above_takes_what_counts_for_a_file() -> None:
    paths = ["Directory.Build.props", "src/Directory.Build.props", "test/Directory.Build.props"]
    assert above(paths, ["src/web/web.csproj"]) == paths[:2]
    assert above(paths, None) == []


def test_expressions_know_them() -> None:
    scope = {"edges": ["a/x=b/y", "b/y=c/z"], "routes": ["c/code=/up"]}
    assert evaluate("beside(routes, reached(['a/x'], edges))", scope) == ["c/code=/up"]
