"""Two builds at work on one engine share their steps: what the second is told of them."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dockgen.verify.engine.model import BuildOutcome, BuildRequest, Engine

DOCKERFILE = """\
FROM debian:trixie-slim
RUN echo {unique} && sleep 1
COPY file /
RUN sleep 8
"""


def test_a_step_that_another_build_holds_counts_as_cached(engine: Engine, tmp_path: Path) -> None:
    text = DOCKERFILE.format(unique=uuid.uuid4())
    past_the_first = threading.Event()

    def build(name: str) -> BuildOutcome:
        context = tmp_path / name
        context.mkdir()
        (context / "file").write_text(name, encoding="utf-8")
        (context / "Dockerfile").write_text(text, encoding="utf-8")
        request = BuildRequest(context, context / "Dockerfile")
        return engine.build(request, lambda step: past_the_first.set() if "sleep 8" in step else None)

    with ThreadPoolExecutor(1) as beside:
        earlier = beside.submit(build, "earlier")
        assert past_the_first.wait(120), earlier.result(0) if earlier.done() else "the first build hangs"
        later = build("later")
        assert earlier.result().succeeded, earlier.result().error
    assert later.succeeded, later.error
    cached = {step.name.partition("] ")[2][:8]: step.cached for step in later.log.steps()}
    assert (cached["RUN echo"], cached["RUN slee"]) == (True, False)
