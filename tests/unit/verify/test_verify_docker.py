"""A build that the engine's own garbage collector broke is made once more, any other failure is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockgen.verify.engine import docker
from dockgen.verify.engine.docker import Docker
from dockgen.verify.engine.model import BuildRequest
from dockgen.verify.engine.process import Finished

LOST = (
    'exporting to image: failed to prepare extraction snapshot "extract-9 sha256:aa": '
    "parent snapshot sha256:bb does not exist: not found"
)


@pytest.mark.parametrize(
    ("says", "calls", "succeeds"),
    [
        ([LOST, ""], 2, True),
        ([LOST, LOST], 2, False),
        (["RUN false: exit code: 1"], 1, False),
        ([""], 1, True),
    ],
    ids=["lost once", "lost twice", "a failure", "a success"],
)
def test_a_lost_layer_is_built_once_more(
    says: list[str], calls: int, succeeds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = list(says)

    def call(*_: object, on_error_line: object, **__: object) -> Finished:
        assert callable(on_error_line)
        line = left.pop(0)
        on_error_line(f"ERROR: {line}\n".encode())
        return Finished(1 if line else 0, b"", b"")

    monkeypatch.setattr(docker, "call", call)
    told: list[str] = []
    outcome = Docker().build(BuildRequest(Path("/c"), Path("/c/Dockerfile")), told.append)
    assert (outcome.succeeded, len(says) - len(left)) == (succeeds, calls)
    assert any("once more" in line for line in told) is (calls == 2)
