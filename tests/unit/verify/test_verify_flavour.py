"""Download tools: none where the flavour promises none, else none beyond those of the base."""

from __future__ import annotations

import pytest

from dockgen.verify.checks.flavour import judge_downloaders
from dockgen.verify.filesystem import Entry, Filesystem
from dockgen.verify.model import Status
from dockgen.verify.paths import programs


def entry(path: str, layer: int, target: str = "") -> Entry:
    return Entry(path, "symlink" if target else "file", 0o755, 0, 0, 1, target, layer)


BUSYBOX = [entry("/bin/busybox", 0), entry("/usr/bin/wget", 0, "/bin/busybox")]


@pytest.mark.parametrize(
    ("own", "base_layers", "status", "evidence"),
    [
        ([], 1, Status.PASSED, ("/usr/bin/wget",)),
        ([], 0, Status.FAILED, ("/usr/bin/wget",)),
        ([entry("/usr/bin/curl", 1)], 1, Status.FAILED, ("/usr/bin/curl",)),
        ([entry("/usr/local/bin/wget", 2)], 1, Status.FAILED, ("/usr/local/bin/wget",)),
        ([entry("/opt/bin/nc", 1, "/bin/busybox")], 1, Status.FAILED, ("/opt/bin/nc",)),
        ([entry("/opt/wget", 1)], 1, Status.PASSED, ("/usr/bin/wget",)),
    ],
)
def test_only_tools_of_a_base_with_a_shell_may_stay(
    own: list[Entry], base_layers: int, status: Status, evidence: tuple[str, ...]
) -> None:
    files = Filesystem({one.path: one for one in [*BUSYBOX, *own]})
    result = judge_downloaders(programs(files), base_layers)
    assert (result.status, result.evidence) == (status, evidence)


def test_an_image_without_any_says_so() -> None:
    result = judge_downloaders(programs(Filesystem({"/bin/app": entry("/bin/app", 0)})), 0)
    assert result.message == "no download tool among 1 program"
