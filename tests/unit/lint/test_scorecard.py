"""The scorecard: kept, broken, partly, or not provable from files, each with its lines."""

from pathlib import Path

from dockgen.lint.context import BuildContext
from dockgen.lint.engine import lint_text
from dockgen.lint.model import Context, Profile
from dockgen.lint.scorecard import PracticeScore, Status, kept, scorecard

DIGEST = "sha256:" + "0" * 64
GOOD = f"""FROM golang:1.25.3-bookworm@{DIGEST} AS build
WORKDIR /src
COPY go.mod main.go ./
RUN --mount=type=secret,id=token,required=true CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static-debian12:nonroot@{DIGEST}
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
LABEL org.opencontainers.image.title="app"
"""


def scores(text: str, root: Path | None = None) -> dict[int, PracticeScore]:
    build = BuildContext.load(root, root / "Dockerfile") if root else None
    context = Context(profile=Profile.DEFAULT, build=build, root=root)
    report = lint_text(text, context=context, hadolint=False)
    return {s.practice: s for s in scorecard(report.dockerfile, report.findings, context)}


def test_ten_practices_in_order() -> None:
    assert list(scores(GOOD)) == list(range(1, 11))


def test_a_good_file(tmp_path: Path) -> None:
    (tmp_path / "main.go").write_text("package main\n")
    found = scores(GOOD, tmp_path)
    assert {n: s.status for n, s in found.items() if n not in {3, 4, 6, 10}} == dict.fromkeys(
        (1, 2, 5, 7, 8, 9), Status.KEPT
    )
    assert [e.line for e in found[2].evidence] == [8]
    assert [e.line for e in found[9].evidence] == [7]
    assert any(e.line == 4 for e in found[5].evidence)
    assert found[10].status in {Status.KEPT, Status.PARTLY}


def test_signatures_and_scans_are_never_claimed(tmp_path: Path) -> None:
    found = scores(GOOD, tmp_path)
    assert found[3].status is Status.PARTLY
    assert any("cosign verify" in step for step in found[3].left)
    assert found[4].status is Status.OPEN
    assert any("scan" in step for step in found[4].left)


def test_a_bad_file() -> None:
    found = scores(
        "FROM debian\nMAINTAINER me\nADD src /src\nENV API_TOKEN=hunter2hunter2\nRUN make\nCMD /src/run\n"
    )
    broken = {n for n, s in found.items() if s.status is Status.BROKEN}
    assert broken >= {2, 5, 6, 7, 8, 10}
    assert found[7].evidence[0].line == 3
    assert not any(s.status is Status.KEPT for n, s in found.items() if n in broken)


def test_a_context_that_was_not_looked_at_is_said_to_be_so() -> None:
    assert scores(GOOD)[5].status is Status.PARTLY


def test_an_unknown_base_is_not_judged() -> None:
    found = scores('FROM registry.example.org/team/base:1\nCMD ["/a"]\n')
    assert found[1].status is Status.OPEN
    assert found[2].status is Status.OPEN
    assert found[2].left


def test_tags_without_digests_are_half_the_way() -> None:
    assert scores("FROM debian:12.5-slim\n")[6].status is Status.PARTLY
    assert scores("FROM debian\n")[6].status is Status.BROKEN
    assert scores("FROM scratch\nCOPY a /\n")[6].status is Status.KEPT


def test_one_stage_that_builds_is_not_multi_stage() -> None:
    assert scores("FROM debian:12\nRUN make\n")[9].status is Status.PARTLY
    assert scores("FROM nginx:1.29\nCOPY a /usr/share/nginx/html/\n")[9].status is Status.KEPT


def test_without_hadolint_the_linter_did_not_run_whole() -> None:
    report = lint_text(GOOD, hadolint=False)
    found = scorecard(report.dockerfile, (), report.context, whole=report.whole)
    assert found[9].status is Status.PARTLY


def test_what_is_no_dockerfile_has_no_verdict() -> None:
    assert {s.status for s in scores("RUN a\n").values()} == {Status.OPEN}
    assert kept(scores("RUN a\n").values()) == 0


def test_the_user_by_an_argument_s_default() -> None:
    text = "FROM alpine:3.24\nARG RUN_AS=10001:10001\nUSER $RUN_AS\nCMD app\n"
    second = scores(text)[2]
    assert second.status is Status.KEPT
    assert any("10001" in one.text for one in second.evidence)
    assert scores(text.replace("10001:10001", "root"))[2].status is Status.BROKEN
