"""The figures as Markdown: each contestant's, and how dockgen's stand to the goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.images.measure import Figures
from bench.images.rows import DOCUMENTED, HAND, OURS, Stack
from bench.measuring import Row, table

SIZE_OF_HAND, SIZE_OF_DOCUMENTED, REBUILD = 1.05, 0.5, 0.3


def figures_table(measured: Mapping[Stack, Mapping[str, Figures]]) -> str:
    """Return one line for each stack and contestant."""
    lines = [
        "| stack | Dockerfile | MB unpacked | MB gzipped | OS packages | executables "
        "| cold, s | after a source change, s | after a new dependency, s |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for stack, found in measured.items():
        for name, one in found.items():
            dependency = "–" if one.after_dependency is None else f"{one.after_dependency:.1f}"
            lines.append(
                f"| {stack.name} | {name} | {one.unpacked / 1e6:.1f} | {one.compressed / 1e6:.1f} "
                f"| {one.packages} | {one.programs} "
                f"| {one.cold:.1f} | {one.after_source:.1f} | {dependency} |"
            )
    return "\n".join(lines)


def goals_table(measured: Mapping[Stack, Mapping[str, Figures]]) -> str:
    """Return dockgen's ratios to the others beside the goals."""
    return table([row for stack, found in measured.items() for row in goals(stack.name, found)])


def goals(name: str, found: Mapping[str, Figures]) -> Iterator[Row]:
    """Yield a row for each goal of one stack."""
    ours, hand, plain = found[OURS], found[HAND], found[DOCUMENTED]
    yield _ratio(f"{name}: size : by hand", ours.unpacked / 1e6, hand.unpacked / 1e6, SIZE_OF_HAND, "MB")
    yield _ratio(
        f"{name}: size : documented", ours.unpacked / 1e6, plain.unpacked / 1e6, SIZE_OF_DOCUMENTED, "MB"
    )
    yield _ratio(
        f"{name}: rebuild after a source change : documented",
        ours.after_source,
        plain.after_source,
        REBUILD,
        "s",
    )
    if ours.after_dependency is not None and plain.after_dependency is not None:
        yield _ratio(
            f"{name}: rebuild after a new dependency : documented",
            ours.after_dependency,
            plain.after_dependency,
            REBUILD,
            "s",
        )


def _ratio(what: str, ours: float, theirs: float, goal: float, unit: str) -> Row:
    ratio = ours / theirs
    return Row(what, f"{ours:.1f} : {theirs:.1f} {unit} = {ratio:.2f}", f"≤ {goal:.2f}", ratio <= goal)
