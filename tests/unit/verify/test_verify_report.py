"""The three formats say the same, and nothing that an image wrote gets out of its place."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

from dockgen.verify.model import Check, ComparedImage, Evidence, LayerSize, Measures, Status, Step
from dockgen.verify.report.html_page import html_report, short, timeline
from dockgen.verify.report.json_format import json_report
from dockgen.verify.report.text import text_report

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e"
EVIDENCE = Evidence(
    target="/p/Dockerfile",
    engine=f"docker {HOSTILE}",
    results=(
        Check("user", 2).passed("runs as 1:1", "seen"),
        Check("setid", 2).failed(f"bad {HOSTILE}", f"4755 {HOSTILE}"),
        Check("any-user", 2).reported("runs"),
        Check("healthy", 0).skipped("no HEALTHCHECK"),
    ),
    measures=Measures(
        layers=(
            LayerSize("sha256:a", 10, 2_000_000, f"COPY {HOSTILE}", True),
            LayerSize("b", 5, 0, "RUN x", False),
        ),
        steps=(Step("slow", 0.0, 9.0, False), Step("quick", 9.0, 9.01, True), Step("late", 9.0, 10.0, False)),
        os_packages=3,
        executables=4,
        cold_seconds=10.0,
        warm_seconds=1.0,
        compared=ComparedImage("other", 8_000_000, 100, 200, 30.0),
    ),
)


class Reader(HTMLParser):
    """Collects tags, and addresses that a browser would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [
            value or ""
            for name, value in attrs
            if name in {"src", "href"} and not (value or "").startswith("#")
        ]


def test_a_practice_is_as_bad_as_its_worst_result() -> None:
    assert EVIDENCE.practice_status(2) is Status.FAILED
    assert EVIDENCE.practice_status(0) is Status.SKIPPED
    assert [result.id for result in EVIDENCE.failed] == ["setid"]


def test_text_shows_evidence_of_failures_and_of_all_if_asked() -> None:
    text = text_report(EVIDENCE)
    assert "FAIL setid: bad" in text
    assert "4755" in text
    assert "seen" not in text
    assert "seen" in text_report(EVIDENCE, verbose=True)
    assert text.rstrip().endswith("1 passed, 1 failed, 1 skipped, 1 reported")
    assert not {"\x1b", "\u202e"} & set(text)


def test_json_is_for_programs() -> None:
    content = json.loads(json_report(EVIDENCE))
    assert (content["version"], content["failed"]) == (1, 1)
    assert content["measures"]["unpacked"] == 2_000_000
    assert {row["number"]: row["status"] for row in content["practices"]}[2] == "failed"
    assert [row["status"] for row in content["results"]] == ["passed", "failed", "reported", "skipped"]


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = html_report(EVIDENCE)
    reader = Reader()
    reader.feed(page)
    assert "script" not in reader.tags
    assert reader.loads == []
    assert "default-src 'none'" in page
    assert not {"\x1b", "\u202e"} & set(page)
    assert "&lt;script&gt;" in page


def test_the_page_names_every_check_and_figure() -> None:
    page = html_report(EVIDENCE)
    for part in ("user", "setid", "any-user", "healthy", "2.00 MB", "10.0 s", "8.00 MB", "200 executables"):
        assert part in page


def test_the_timeline_leaves_out_what_took_no_time() -> None:
    assert [(step.name, start, width) for step, start, width in timeline(EVIDENCE.measures)] == [
        ("slow", 0.0, 90.0),
        ("late", 90.0, 10.0),
    ]


def test_a_step_is_named_by_what_it_does() -> None:
    step = "[build 3/8] RUN --network=none     --mount=type=cache,id=x,target=/y     pnpm run build"
    assert short(step) == "[build 3/8] RUN pnpm run build"
    mounts = " ".join(f"--mount=type=bind,source=folder{n}/package.json" for n in range(20))
    assert short(f"RUN {mounts} npm ci") == "RUN npm ci"
    assert short("COPY /app/dist dist # buildkit") == "COPY /app/dist dist"
    assert short("RUN /bin/sh -c a2enmod headers # buildkit") == "RUN a2enmod headers"


def test_the_page_keeps_the_whole_step_at_hand() -> None:
    step = Step("[a 1/1] RUN --mount=type=cache,target=/c make", 0.0, 2.0, cached=False)
    page = html_report(replace(EVIDENCE, measures=replace(EVIDENCE.measures, steps=(step,))))
    assert "<code>[a 1/1] RUN make</code>" in page
    assert 'title="[a 1/1] RUN --mount=type=cache,target=/c make"' in page
